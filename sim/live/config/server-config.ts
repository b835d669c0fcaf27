/**
 * What a server is told by its operator, resolved: seconds, bytes, bytes per second, absolute paths. The
 * fields are named as in the file, which `server-schema.ts` describes.
 */
import type { InFlightRule, Whereabouts } from "../../coordinator/index.ts";
import type { PolicyChoice } from "../../experiment/config/experiment.ts";
import type { OwnServerMembers } from "./own-members.ts";

export interface ServerConfig {
  readonly title: string;
  /** Where the server can be reached by others: its origin with a slash at the end. */
  readonly url: string;
  /** Of all chance; null where the server is to draw one when it starts for the first time. */
  readonly seed: number | null;
  readonly listen: ListenConfig;
  readonly repository: RepositoryConfig;
  readonly state: StateConfig;
  /** `uplink`: bytes per second that it can send itself. */
  readonly server: { readonly uplink: number };
  readonly sites: { readonly classes: readonly SiteConfig[] };
  readonly volunteers: readonly VolunteerConfig[];
  readonly tracker: TrackerConfig;
  /** Seconds between two looks at who is to hold what. */
  readonly placement: { readonly every: number };
  readonly policies: ServerPolicies;
  /** The operator's own policies among those chosen, loaded and guarded. */
  readonly own: OwnServerMembers;
  readonly deliver: DeliverConfig;
  /** Seconds within which who asks again is sent elsewhere; 0 for never. */
  readonly rescue: { readonly again: number };
  readonly limits: LimitsConfig;
  /** `allow`: addresses and prefixes that may see status and metrics. */
  readonly status: { readonly allow: readonly string[] };
}

export interface ListenConfig {
  /** 0 for any that is free. */
  readonly port: number;
  readonly host: string;
  /** Files in PEM; null to speak plain HTTP. */
  readonly tls: { readonly key: string; readonly certificate: string } | null;
  /** Addresses and prefixes of proxies whose X-Forwarded-For and X-Forwarded-Proto count. */
  readonly proxies: readonly string[];
}

export interface RepositoryConfig {
  readonly folder: string;
  /** Seconds between two scans. */
  readonly scan: number;
  readonly md4: boolean;
}

export interface StateConfig {
  readonly folder: string;
  /** Seconds. */
  readonly retention: number;
  /** Bytes and seconds after which another journal begins, with a snapshot. */
  readonly rotate: number;
  readonly every: number;
}

export interface SiteConfig {
  readonly name: string;
  /** Addresses and prefixes, as written, each in one class only. */
  readonly networks: readonly string[];
  readonly where: Pick<Whereabouts, "asNumber" | "country" | "region" | "continent" | "position">;
}

export interface VolunteerConfig {
  readonly name: string;
  /** A secret. */
  readonly token: string;
  /** The name of its class of sites; null for none. */
  readonly site: string | null;
  readonly weight: number;
  /** What its addresses begin with, each with a slash at the end; null for anything. */
  readonly urls: readonly string[] | null;
  /** Bytes per second that it is believed at most. */
  readonly uplink: number;
}

export interface TrackerConfig {
  /** Seconds between two announces, and without one after which a volunteer is gone. */
  readonly interval: number;
  readonly timeout: number;
  /** Seconds between two probes of a volunteer; `Infinity` for none. */
  readonly probe: number;
  readonly inFlight: InFlightRule;
}

/** Null where the host does without: it trusts all, volunteers keep timetables of their own, peers are any. */
export interface ServerPolicies {
  readonly dispatch: PolicyChoice;
  readonly replication: PolicyChoice;
  readonly chunkSize: PolicyChoice;
  readonly trust: PolicyChoice | null;
  readonly sync: PolicyChoice | null;
  readonly handout: PolicyChoice | null;
}

export interface DeliverConfig {
  /** Patterns for `metadataMatcher`: files that the server sends itself. */
  readonly metadata: readonly string[];
  /** Bytes up to which files are sent by the server itself. */
  readonly small: number;
}

export interface LimitsConfig {
  /** Connections at once. */
  readonly connections: number;
  /** Bytes of the head of a request. */
  readonly headers: number;
  /** Announces a minute of one volunteer. */
  readonly announces: number;
  /** Torrents with peers at once. */
  readonly torrents: number;
}
