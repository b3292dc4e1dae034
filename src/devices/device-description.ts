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
  const { text, parsed } = parse(userAgent, hints);
  const browser = browserOf(parsed, text);
  const os = parsed.os.name || null;
  return { name: deviceNameOf({ browser, os }, productOf(text)), class: classOf(parsed, text), browser, os };
}

/** Coarse on purpose: an update of the browser, the app or the system does not make a device new. */
export function deviceSignature(device: Omit<DeviceSummary, 'id'>, userAgent: string): string {
  return [device.class, device.os ?? '', productOf(device.browser ?? userAgent)].join('|');
}

/** The signature under the rules of 0.1.0, which a device that was stored under them still has. */
export function formerSignature(userAgent: string, hints: ClientHints | null): string {
  const { text, parsed } = parse(userAgent, hints);
  const deviceClass = parsed.os.name === 'Chrome OS' ? 'desktop' : asClass(parsed.platform.type);
  return [deviceClass, parsed.os.name ?? '', productOf(parsed.browser.name || text)].join('|');
}

/** Whether a stored signature is one of these. 0.1.0 has stored versions of apps in some: `other||FieldApp/42 CFNetwork`. */
export function isSignatureOf(stored: string, shown: readonly string[]): boolean {
  return shown.includes(stored.replace(/[^|]*$/, productOf));
}

/** What Bowser takes for phones, tablets and computers: Chromecast, Fire TV, and televisions with Android. */
const TV = /\bCrKey\/|\bChromecast\b|; AFT[A-Z]|\b(?:SMART|Smart|Android|Google|Apple)[- ]?TV(?![A-Za-z])|\bBRAVIA\b/;

/** Models with Android or HarmonyOS. `-W09` and the like are Huawei's without telephone, KF… Amazon's. */
const TABLET = /\bTab(?:let)?\b|Pad\b|\bNexus (?:7|9|10)\b|\bSM-[PTX]\d|\bTB-?[X\d]|; KF[A-Z]|-W\d\d\b/;

function classOf({ os, platform }: Parsed, text: string): DeviceClass {
  if (os.name === 'Chrome OS') return 'desktop';
  if (platform.type === 'bot') return 'bot';
  if (TV.test(text)) return 'tv';
  if (os.name === 'Android' || os.name === 'HarmonyOS') {
    if (TABLET.test(text)) return 'tablet';
    // An app does not say that it is on a phone, as the browsers of phones do. Bowser has Huawei's tablets for phones.
    if (isApp(text)) return 'mobile';
    if (platform.vendor === 'Huawei') return /Mobi|\(Phone;/.test(text) ? 'mobile' : 'tablet';
  }
  return asClass(platform.type);
}

/**
 * Bowser calls a browser that it does not know by what stands before a slash. That is somebody's own words, perhaps with a link in
 * them, and notices would say them in our name. And it has any app on Android for the browser of Android.
 */
function browserOf({ browser: { name } }: Parsed, text: string): string | null {
  if (!name || (name === 'Android Browser' && isApp(text))) return null;
  return KNOWN_BROWSERS.has(name) || !text.startsWith(`${name}/`) ? name : null;
}

/** `Dalvik/2.1.0 (…)`, `okhttp/4.12.0`: all browsers call themselves Mozilla. */
function isApp(text: string): boolean {
  return !text.startsWith('Mozilla/');
}

/** `Thunder Client/2.0 (…)` → `Thunder Client`, `FieldApp 4.2` → `FieldApp`: the product of an agent that is no browser. */
function productOf(text: string): string {
  return (text.split(/[/(;]|[\s_-]v?\d/, 1)[0] ?? '')
    .replaceAll(/[^\p{L}\p{N} ._-]/gu, '')
    .trim()
    .slice(0, MAX_NAME);
}

function asClass(platform: string | undefined): DeviceClass {
  return DEVICE_CLASSES.find((known) => known === platform) ?? 'other';
}

type Parsed = ReturnType<typeof Bowser.parse>;

function parse(userAgent: string, hints: ClientHints | null): { text: string; parsed: Parsed } {
  const text = userAgent.slice(0, MAX_USER_AGENT);
  return { text, parsed: Bowser.parse(text === '' ? ' ' : text, hints ? toBowserHints(hints) : undefined) };
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
