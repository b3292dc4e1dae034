import Bowser from 'bowser';
import { DEVICE_CLASSES, deviceNameOf, type DeviceClass, type DeviceSummary } from '../accounts/index.js';

/** Longer user agents are cut before anything parses them. */
export const MAX_USER_AGENT = 512;

const MAX_NAME = 64;

const KNOWN_BROWSERS = new Set(Object.values(Bowser.BROWSER_MAP));

/** The low-entropy client hints that browsers send unasked, as the header values stand. */
export interface ClientHints {
  readonly brands: string | null;
  readonly mobile: string | null;
  readonly platform: string | null;
}

/** Describes a device for people. The user agent is its own word: good for a name, never for proof. */
export function describeDevice(userAgent: string, hints: ClientHints | null): Omit<DeviceSummary, 'id'> {
  const text = userAgent.slice(0, MAX_USER_AGENT);
  const parsed = Bowser.parse(text === '' ? ' ' : text, hints ? toBowserHints(hints) : undefined);
  const browser = knownBrowser(parsed.browser.name, text);
  const os = parsed.os.name || null;
  return {
    name: deviceNameOf({ browser, os }, productOf(text)),
    class: os === 'Chrome OS' ? 'desktop' : classOf(parsed.platform.type),
    browser,
    os,
  };
}

/** Coarse on purpose: an update of the browser or the system does not make a device new. */
export function deviceSignature(device: Omit<DeviceSummary, 'id'>, userAgent: string): string {
  return [device.class, device.os ?? '', device.browser ?? productOf(userAgent)].join('|');
}

/**
 * Bowser calls a browser that it does not know by what stands before a slash. That is somebody's own words, perhaps with a link in
 * them, and notices would say them in our name.
 */
function knownBrowser(name: string | undefined, userAgent: string): string | null {
  if (!name) return null;
  return KNOWN_BROWSERS.has(name) || !userAgent.startsWith(`${name}/`) ? name : null;
}

/** `Thunder Client/2.0 (…)` → `Thunder Client`: the product of an agent that is no browser. */
function productOf(userAgent: string): string {
  return (userAgent.split(/[/(;]/, 1)[0] ?? '')
    .replaceAll(/[^\p{L}\p{N} ._-]/gu, '')
    .trim()
    .slice(0, MAX_NAME);
}

function classOf(platform: string | undefined): DeviceClass {
  return DEVICE_CLASSES.find((known) => known === platform) ?? 'other';
}

type BowserHints = NonNullable<Parameters<typeof Bowser.parse>[1]>;

function toBowserHints(hints: ClientHints): BowserHints {
  const brands = [...(hints.brands ?? '').slice(0, MAX_USER_AGENT).matchAll(/"([^"]*)";\s*v="([^"]*)"/g)];
  return {
    brands: brands.map(([, brand = '', version = '']) => ({ brand, version })),
    mobile: hints.mobile === '?1',
    platform: hints.platform?.slice(0, MAX_NAME).replaceAll('"', '') ?? '',
  };
}
