import { bindDispatch, type OwnMembers } from "./chosen-policies.ts";
import type { Coordinator } from "./coordinator.ts";
import type { Event } from "./events.ts";
import type { Answer } from "./redirector.ts";

/**
 * Tells the coordinator of an event that was written down; returns the answer to a customer. `own`: the
 * host's own policies, of which one may take over.
 *
 * @throws RangeError where a policy is to take over that there is not.
 */
export function apply(coordinator: Coordinator, event: Event, own: OwnMembers = {}): Answer | null {
  const { at } = event;
  switch (event.kind) {
    case "file-added":
      coordinator.addFile(event.file, event.size, event.released, at);
      return null;
    case "file-changed":
      coordinator.changeFile(event.file, event.size, at);
      return null;
    case "file-removed":
      coordinator.removeFile(event.file, at);
      return null;
    case "registered":
      coordinator.register(event.volunteer, event.offer, at);
      return null;
    case "announced":
      coordinator.announce(event.volunteer, event.report, at);
      return null;
    case "left":
      coordinator.leave(event.volunteer, at);
      return null;
    case "located":
      coordinator.locate(event.where, event.facts, at);
      return null;
    case "asked":
      return coordinator.ask(event.customer, event.file, event.bytes, event.where, at);
    case "complained": {
      const { customer, file, volunteer, how, bytes } = event;
      coordinator.complain(customer, file, volunteer, how, bytes, at);
      return null;
    }
    case "delivery-began":
      coordinator.beginDelivery(at);
      return null;
    case "delivery-ended":
      coordinator.endDelivery(at);
      return null;
    case "audited":
      coordinator.audited(event.volunteer, event.file, event.result, at);
      return null;
    case "doubted":
      coordinator.doubt(event.volunteer, event.file, at);
      return null;
    case "probed":
      coordinator.probed(event.volunteer, event.seconds, at);
      return null;
    case "sync-asked":
      coordinator.planSync(event.volunteer, event.look, event.notBefore, at);
      return null;
    case "sync-paced":
      coordinator.paceSync(event.volunteer, event.look, at);
      return null;
    case "sync-began":
      coordinator.beganSync(event.volunteer, at);
      return null;
    case "ticked":
      coordinator.tick(at);
      return null;
    case "uplink-changed":
      coordinator.changeUplink(event.uplink, at);
      return null;
    case "dispatch-changed":
      coordinator.changeDispatch(event.policy, bindDispatch(event.policy, own), at);
      return null;
  }
}
