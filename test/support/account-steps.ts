import type { SessionPolicy } from '../../src/sessions/index.js';

export const LOOKS = {
  firefox: { class: 'desktop', signature: 'desktop|Linux|Firefox' },
  chrome: { class: 'desktop', signature: 'desktop|Windows|Chrome' },
  phone: { class: 'mobile', signature: 'mobile|iOS|Safari' },
} as const;

export interface ShownDevice {
  /** Nothing, a name of its own, or the secret of the so many-th device that showed nothing. */
  readonly shows: null | string | number;
  readonly look: keyof typeof LOOKS;
  readonly network: string;
}

/** Sessions, devices and tickets are named by a number, taken modulo what there is. */
export type Step =
  | { readonly kind: 'login'; readonly device: ShownDevice; readonly by: 'service' | 'password' | 'old password' }
  | { readonly kind: 'take over'; readonly device: ShownDevice; readonly ticket: number; readonly end: number[] }
  | { readonly kind: 'end'; which: number; as: 'self' | 'user' | 'admin' | 'service'; by: number }
  | { readonly kind: 'end all'; as: 'user' | 'others' | 'admin' | 'service'; by: number }
  | { readonly kind: 'wait'; readonly seconds: number }
  | { readonly kind: 'use'; readonly which: number; readonly after: number }
  | { readonly kind: 'renew'; readonly which: number; readonly rotate: boolean }
  | { readonly kind: 'change password'; readonly by: number }
  | { readonly kind: 'lock' }
  | { readonly kind: 'unlock' }
  | { readonly kind: 'forget'; readonly device: number; readonly by: number }
  | { readonly kind: 'policy'; readonly policy: SessionPolicy }
  | { readonly kind: 'sweep' }
  | { readonly kind: 'hand on'; readonly crash: boolean };
