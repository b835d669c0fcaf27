/** What TCP over Ethernet puts on the wire for the bytes it carries. */

/** Payload of a full segment at an MTU of 1500, with TCP timestamps, as Linux sends by default. */
export const SEGMENT_PAYLOAD = 1448;

/** The same segment as Ethernet carries it: 14 bytes of Ethernet, 20 of IP and 32 of TCP more. */
export const SEGMENT_ON_WIRE = 1514;

/** Payload bytes a link carries for each byte of its nominal capacity. */
export const WIRE_EFFICIENCY = SEGMENT_PAYLOAD / SEGMENT_ON_WIRE;

/** A receiver acknowledges every second full segment (RFC 5681, section 4.2). */
const SEGMENTS_PER_ACK = 2;

/** An ACK without data is all header. */
const ACK_ON_WIRE = SEGMENT_ON_WIRE - SEGMENT_PAYLOAD;

/**
 * Share of a link's payload capacity that ACKs take for each byte per second of data that they
 * acknowledge: 66 bytes for 2 × 1448, measured like the data, in bytes a link could have carried.
 */
export const ACK_SHARE = (ACK_ON_WIRE * WIRE_EFFICIENCY) / (SEGMENTS_PER_ACK * SEGMENT_PAYLOAD);
