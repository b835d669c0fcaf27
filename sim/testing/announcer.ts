/** `examples/announce.js`, which mirrors have too: plain JavaScript, which has no types. */
interface Announcer {
  readonly Volunteer: new (who: {
    readonly server: string;
    readonly name: string;
    readonly token: string;
  }) => {
    register(offer: object): Promise<{ readonly manifest: number }>;
    announce(report: object): Promise<unknown>;
  };
}

const path = new URL("../../examples/announce.js", import.meta.url).href;

export const { Volunteer }: Announcer = await import(path);
