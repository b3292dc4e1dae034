export function clientTypesOf(document: unknown): Promise<string>;
export function readClientTypes(): Promise<string>;
