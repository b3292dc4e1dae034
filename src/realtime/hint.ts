import { isUUID } from 'class-validator';

/**
 * What nodes tell each other: a kind, ids and numbers, and nothing that Redis would have to keep secret. Whoever hears of a session,
 * a notice or a message reads it from the store.
 */
export type Hint = AccountHint | MessageHint | PresenceHint;

/** `id`: of the session or the notification. */
export type AccountHint =
  | { readonly about: 'session.started'; readonly userId: string; readonly id: string }
  | { readonly about: 'session.ended'; readonly userId: string; readonly id: string }
  | { readonly about: 'notification.created'; readonly userId: string; readonly id: string };

export type MessageHint =
  | { readonly about: 'message.created'; readonly from: string; readonly to: string; readonly seq: number }
  | { readonly about: 'messages.missed' }
  | { readonly about: 'message.read'; readonly id: string }
  | { readonly about: 'typing'; readonly from: string; readonly to: string };

export type PresenceHint =
  /** That person may have come or gone on that node. */
  | { readonly about: 'presence'; readonly person: string; readonly node: string }
  /** Who of these people is there? Each node answers with the question's id. */
  | { readonly about: 'presence.asked'; readonly question: string; readonly people: readonly string[] }
  | { readonly about: 'presence.answered'; readonly question: string; readonly people: readonly string[] };

/** So many people are asked about at a time. */
export const MAX_PEOPLE = 200;

type Check = (value: unknown) => boolean;
type ShapeOf<A extends Hint['about']> = Readonly<Record<Exclude<keyof Extract<Hint, { about: A }>, 'about'>, Check>>;

const isId: Check = (value) => isUUID(value);
const isSeq: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0;
const isPeople: Check = (value) => Array.isArray(value) && value.length <= MAX_PEOPLE && value.every(isId);

const aboutAccount = { userId: isId, id: isId };

const SHAPES: { readonly [A in Hint['about']]: ShapeOf<A> } = {
  'session.started': aboutAccount,
  'session.ended': aboutAccount,
  'notification.created': aboutAccount,
  'message.created': { from: isId, to: isId, seq: isSeq },
  'messages.missed': {},
  'message.read': { id: isId },
  typing: { from: isId, to: isId },
  presence: { person: isId, node: isId },
  'presence.asked': { question: isId, people: isPeople },
  'presence.answered': { question: isId, people: isPeople },
};

/** Whether it is a hint with just the members of its kind. */
export function isHint(value: unknown): value is Hint {
  if (typeof value !== 'object' || value === null) return false;
  const { about, ...members } = value as Record<string, unknown>;
  if (typeof about !== 'string' || !Object.hasOwn(SHAPES, about)) return false;
  const checks = Object.entries<Check>(SHAPES[about as Hint['about']]);
  return Object.keys(members).length === checks.length && checks.every(([name, isRight]) => isRight(members[name]));
}
