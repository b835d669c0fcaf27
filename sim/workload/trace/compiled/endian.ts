/** Whether numbers lie in memory as compiled files have them. All machines that Node ships for but s390x do. */
export const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;
