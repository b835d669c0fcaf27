import { Numbering } from "../../../coordinator/numbering/numbering.ts";
import { CompactNames } from "../../trace/names.ts";
import type { NameList } from "../../trace/trace.ts";

/** Numbers names from 0 in order of appearance, to be kept with a trace. */
export class ByteTable extends Numbering implements NameList {
  /** The names so far. */
  names(): CompactNames {
    const { offsets, utf8 } = this.save();
    return new CompactNames(new Uint32Array(offsets), utf8);
  }
}
