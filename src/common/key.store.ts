/** Keys that the nodes of one installation share and nobody has to configure. */
export abstract class KeyStore {
  /** The key of that name. Where there is none, `fresh` becomes it; of racing callers all get the same. */
  abstract getOrCreate(name: string, fresh: string): Promise<string>;
}
