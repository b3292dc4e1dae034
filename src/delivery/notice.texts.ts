import type { AccountEvent, Locale } from '../accounts/index.js';
import { noticeOf, type Notification, type NotificationKind } from '../notifications/index.js';

/** What a notice says, in plain text. */
export interface NoticeText {
  readonly title: string;
  /** What happened. */
  readonly text: string;
  /** What to do about it. */
  readonly advice: string;
}

/** The notices that leave the inbox. */
const TOLD = [
  'new_device',
  'session_displaced',
  'login_refused',
  'session_revoked',
  'token_reused',
  'password_changed',
  'contact_changed',
  'deletion_requested',
  'deletion_cancelled',
  'export_requested',
  'export_cancelled',
] as const satisfies readonly NotificationKind[];
type ToldKind = (typeof TOLD)[number];

type Phrase = (where: string) => NoticeText;

const ENGLISH_ADVICE = 'If this was you, there is nothing to do. If not, change your password and end that session.';
const SPANISH_ADVICE = 'Si fuiste tú, no tienes que hacer nada. Si no, cambia tu contraseña y cierra esa sesión.';

const ENGLISH_CANCELLING = ': sign in on a device that you have used for a week or longer, and change your password.';
const SPANISH_CANCELLING =
  ': inicia sesión en un dispositivo que uses desde hace una semana o más, y cambia tu contraseña.';

const PHRASES: Record<Locale, Record<ToldKind, Phrase>> = {
  en: {
    new_device: (where) => ({
      title: 'New device signed in',
      text: `Your account was signed in to from a device that we had not seen before: ${where}.`,
      advice: ENGLISH_ADVICE,
    }),
    session_displaced: (where) => ({
      title: 'You were signed out on another device',
      text: `A newer login took the place of an earlier session: ${where}.`,
      advice: ENGLISH_ADVICE,
    }),
    login_refused: (where) => ({
      title: 'A login was refused',
      text: `Somebody with your password tried to sign in and was refused, because your account allows no more sessions: ${where}.`,
      advice: 'If this was you, end another session first. If not, change your password.',
    }),
    session_revoked: (where) => ({
      title: 'A session was ended',
      text: `A session of your account was ended: ${where}.`,
      advice: ENGLISH_ADVICE,
    }),
    token_reused: (where) => ({
      title: 'A session was ended for your safety',
      text: `Somebody used the old key of a session after it had been replaced. It may have been stolen, so we ended the session: ${where}.`,
      advice: 'Sign in again. If you did not expect this, change your password.',
    }),
    password_changed: (where) => ({
      title: 'Your password was changed',
      text: `The password of your account was changed: ${where}.`,
      advice: 'If this was you, there is nothing to do. If not, recover your account at once.',
    }),
    contact_changed: (where) => ({
      title: 'Your contact details were changed',
      text: `The mobile number or e-mail address of your account was changed: ${where}.`,
      advice: 'If this was you, there is nothing to do. If not, recover your account at once.',
    }),
    deletion_requested: (where) => ({
      title: 'Somebody asked for the deletion of your account',
      text: `Your account will be deleted in 14 days, because somebody asked for it from a new device: ${where}.`,
      advice: `If this was not you, cancel the deletion${ENGLISH_CANCELLING}`,
    }),
    deletion_cancelled: (where) => ({
      title: 'Your account will not be deleted',
      text: `The deletion of your account was cancelled: ${where}.`,
      advice: 'To delete your account, ask for it on a device that you have used for a week or longer.',
    }),
    export_requested: (where) => ({
      title: 'Somebody asked for a copy of your data',
      text: `A copy of all data of your account will be handed out in 14 days, because somebody asked for it from a new device: ${where}.`,
      advice: `If this was not you, cancel it${ENGLISH_CANCELLING}`,
    }),
    export_cancelled: (where) => ({
      title: 'No copy of your data is handed out',
      text: `A copy of the data of your account that was asked for is not handed out, because that was cancelled: ${where}.`,
      advice: 'To get a copy, ask for it on a device that you have used for a week or longer.',
    }),
  },
  es: {
    new_device: (where) => ({
      title: 'Inicio de sesión en un dispositivo nuevo',
      text: `Se ha iniciado sesión en tu cuenta desde un dispositivo que no conocíamos: ${where}.`,
      advice: SPANISH_ADVICE,
    }),
    session_displaced: (where) => ({
      title: 'Se cerró tu sesión en otro dispositivo',
      text: `Un inicio de sesión más reciente ocupó el lugar de una sesión anterior: ${where}.`,
      advice: SPANISH_ADVICE,
    }),
    login_refused: (where) => ({
      title: 'Se rechazó un inicio de sesión',
      text: `Alguien con tu contraseña intentó iniciar sesión y fue rechazado, porque tu cuenta no admite más sesiones: ${where}.`,
      advice: 'Si fuiste tú, cierra antes otra sesión. Si no, cambia tu contraseña.',
    }),
    session_revoked: (where) => ({
      title: 'Se cerró una sesión',
      text: `Se ha cerrado una sesión de tu cuenta: ${where}.`,
      advice: SPANISH_ADVICE,
    }),
    token_reused: (where) => ({
      title: 'Se cerró una sesión por tu seguridad',
      text: `Alguien usó la clave antigua de una sesión cuando ya había sido sustituida. Puede que la hayan robado, por eso cerramos la sesión: ${where}.`,
      advice: 'Inicia sesión de nuevo. Si no lo esperabas, cambia tu contraseña.',
    }),
    password_changed: (where) => ({
      title: 'Se cambió tu contraseña',
      text: `Se ha cambiado la contraseña de tu cuenta: ${where}.`,
      advice: 'Si fuiste tú, no tienes que hacer nada. Si no, recupera tu cuenta cuanto antes.',
    }),
    contact_changed: (where) => ({
      title: 'Se cambiaron tus datos de contacto',
      text: `Se ha cambiado el móvil o el correo electrónico de tu cuenta: ${where}.`,
      advice: 'Si fuiste tú, no tienes que hacer nada. Si no, recupera tu cuenta cuanto antes.',
    }),
    deletion_requested: (where) => ({
      title: 'Alguien pidió eliminar tu cuenta',
      text: `Tu cuenta se eliminará dentro de 14 días, porque alguien lo pidió desde un dispositivo nuevo: ${where}.`,
      advice: `Si no fuiste tú, cancela la eliminación${SPANISH_CANCELLING}`,
    }),
    deletion_cancelled: (where) => ({
      title: 'Tu cuenta no se eliminará',
      text: `Se ha cancelado la eliminación de tu cuenta: ${where}.`,
      advice: 'Para eliminar tu cuenta, pídelo en un dispositivo que uses desde hace una semana o más.',
    }),
    export_requested: (where) => ({
      title: 'Alguien pidió una copia de tus datos',
      text: `Dentro de 14 días se entregará una copia de todos los datos de tu cuenta, porque alguien la pidió desde un dispositivo nuevo: ${where}.`,
      advice: `Si no fuiste tú, cancélala${SPANISH_CANCELLING}`,
    }),
    export_cancelled: (where) => ({
      title: 'No se entrega ninguna copia de tus datos',
      text: `La copia de los datos de tu cuenta que se había pedido no se entrega, porque se ha cancelado: ${where}.`,
      advice: 'Para obtener una copia, pídela en un dispositivo que uses desde hace una semana o más.',
    }),
  },
};

export function isTold(kind: NotificationKind): kind is ToldKind {
  return TOLD.some((told) => told === kind);
}

/** The notice of the event, if it leaves the inbox. */
export function toldNoticeOf(event: AccountEvent): Notification | null {
  const notice = noticeOf(event);
  return notice && isTold(notice.kind) ? notice : null;
}

/** Only for a kind that `isTold`. */
export function noticeText(notice: Notification, locale: Locale): NoticeText {
  if (!isTold(notice.kind)) throw new Error('this kind of notice stays in the inbox');
  return PHRASES[locale][notice.kind](whereOf(notice, locale));
}

/** `Safari on iOS, 203.0.113.7, 1 March 2026 at 12:00 UTC` */
function whereOf({ device, ip, createdAt }: Notification, locale: Locale): string {
  const format = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : 'es-ES', {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: 'UTC',
  });
  return [device?.name, ip, `${format.format(createdAt)} UTC`].filter(Boolean).join(', ');
}
