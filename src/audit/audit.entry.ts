import type { AccountEvent, Actor } from '../accounts/index.js';

/** One line of the record: who brought what about, when, and for whom. Ids, addresses and reasons; never a name, a contact or a hash. */
export interface AuditEntry {
  readonly id: string;
  readonly at: Date;
  /** As the event is called, in the past tense: `session.ended`. */
  readonly type: string;
  readonly actor: Actor;
  /** Whom it concerns; null where it concerns everybody. */
  readonly userId: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What an actor is found by: an administrator and a user by their id, a service as `service:<name>`. */
export function actorKey(actor: Actor): string {
  switch (actor.kind) {
    case 'user':
    case 'admin':
      return actor.userId;
    case 'service':
      return `service:${actor.name}`;
    case 'system':
      return 'system';
  }
}

/** Every event becomes an entry under its own id, also one of a type that is not known here. */
export function entryOf({ id, at, type, actor, userId, telling: _, ...facts }: AccountEvent): AuditEntry {
  return { id, at, type, actor, userId, details: pruned(facts, KEPT) as AuditEntry['details'] };
}

const UUID = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
const ADDRESS = /^[\da-fA-F.:]{2,45}$/;
const WORD = /^[a-z][a-z_-]{0,39}$/;

/** By name and by form, so that a member that somebody adds to an event is left out unless it is one of these. */
interface Kept {
  readonly name: RegExp;
  readonly form: RegExp;
}

const ID: Kept = { name: /^id$|Id$/, form: UUID };
const KEPT: readonly Kept[] = [
  ID,
  { name: /^ip$/, form: ADDRESS },
  { name: /^(class|endReason|reason|role|channel|kind|state|purpose)$/, form: WORD },
];

/** What stays of the details of an entry once the person whom it is about has deleted their account. */
export function idsOnly(details: AuditEntry['details']): AuditEntry['details'] {
  return pruned(details, [ID]) as AuditEntry['details'];
}

function pruned(value: object, keep: readonly Kept[]): object {
  const members = Object.entries(value).map(([name, member]) => [name, keptOf(name, member, keep)] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

/** What stays of a member; undefined for nothing. Each item of a list stands for itself: those of `deviceIds` are kept as a `deviceId`. */
function keptOf(name: string, member: unknown, keep: readonly Kept[]): unknown {
  if (typeof member === 'string')
    return keep.some((kept) => kept.name.test(name) && kept.form.test(member)) ? member : undefined;
  if (Array.isArray(member))
    return member.map((item) => keptOf(name.replace(/s$/, ''), item, keep)).filter((item) => item !== undefined);
  if (typeof member !== 'object' || member === null || member instanceof Date) return undefined;
  return pruned(member, keep);
}
