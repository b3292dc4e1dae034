import type { Locale, ToldChange } from '../accounts/index.js';
import type { NotificationKind } from '../notifications/index.js';

/** The notices that leave the inbox. */
const TOLD = [
  'new_device',
  'session_displaced',
  'login_refused',
  'session_revoked',
  'token_reused',
  'password_changed',
  'recovery_link_made',
  'contact_changed',
  'username_changed',
  'deletion_requested',
  'deletion_cancelled',
  'export_requested',
  'export_cancelled',
] as const satisfies readonly NotificationKind[];
type ToldKind = (typeof TOLD)[number];

interface Phrase {
  readonly title: string;
  /** What happened, without its full stop. */
  readonly what: string;
  readonly advice: string;
}

const ENGLISH_ADVICE = 'If this was you, there is nothing to do. If not, change your password and end that session.';
const SPANISH_ADVICE = 'Si fuiste tú, no tienes que hacer nada. Si no, cambia tu contraseña y cierra esa sesión.';

const ENGLISH_RECOVERY = 'If this was you, there is nothing to do. If not, recover your account at once.';
const SPANISH_RECOVERY = 'Si fuiste tú, no tienes que hacer nada. Si no, recupera tu cuenta cuanto antes.';

const ENGLISH_CANCELLING = ': sign in on a device that you have used for a week or longer, and change your password.';
const SPANISH_CANCELLING =
  ': inicia sesión en un dispositivo que uses desde hace una semana o más, y cambia tu contraseña.';

const englishClaim = (contact: string): Phrase => ({
  title: `Your ${contact} is on another account now`,
  what: `Somebody has proved, by a code to it, that the ${contact} of your account is theirs. It is no longer on your account`,
  advice: 'Add another mobile number or e-mail address, so that you can sign in and recover your account.',
});
const spanishClaim = (contact: string): Phrase => ({
  title: `Tu ${contact} está ahora en otra cuenta`,
  what: `Alguien ha demostrado, con un código enviado a él, que el ${contact} de tu cuenta es suyo. Ya no está en tu cuenta`,
  advice: 'Añade otro número o correo electrónico para poder iniciar sesión y recuperar tu cuenta.',
});

export const PHRASES: Record<Locale, Record<ToldKind | ToldChange | 'new_device_displaced', Phrase>> = {
  en: {
    new_device: {
      title: 'New device signed in',
      what: 'Your account was signed in to from a device that we had not seen before',
      advice: ENGLISH_ADVICE,
    },
    new_device_displaced: {
      title: 'New device signed in, another one was signed out',
      what: 'Your account was signed in to from a device that we had not seen before. It took the place of an earlier session',
      advice: ENGLISH_ADVICE,
    },
    session_displaced: {
      title: 'You were signed out on another device',
      what: 'A newer login took the place of an earlier session',
      advice: ENGLISH_ADVICE,
    },
    login_refused: {
      title: 'A login was refused',
      what: 'Somebody with your password tried to sign in and was refused, because your account allows no more sessions',
      advice: 'If this was you, end another session first. If not, change your password.',
    },
    session_revoked: {
      title: 'A session was ended',
      what: 'A session of your account was ended',
      advice: ENGLISH_ADVICE,
    },
    token_reused: {
      title: 'A session was ended for your safety',
      what: 'Somebody used the old key of a session after it had been replaced. It may have been stolen, so we ended the session',
      advice: 'Sign in again. If you did not expect this, change your password.',
    },
    recovery_link_made: {
      title: 'Somebody can set a new password for your account',
      what: 'Our help desk has made a link that sets a new password for your account and signs out every device. It works for 24 hours',
      advice: 'If you did not ask for it, recover your account now by a code, which voids the link, and tell us.',
    },
    password_changed: {
      title: 'Your password was changed',
      what: 'The password of your account was changed',
      advice: ENGLISH_RECOVERY,
    },
    contact_changed: {
      title: 'Your contact details were changed',
      what: 'The mobile number or e-mail address of your account was changed',
      advice: ENGLISH_RECOVERY,
    },
    mobile_changed: {
      title: 'Your mobile number was changed',
      what: 'The mobile number of your account was changed',
      advice: ENGLISH_RECOVERY,
    },
    email_changed: {
      title: 'Your e-mail address was changed',
      what: 'The e-mail address of your account was changed',
      advice: ENGLISH_RECOVERY,
    },
    mobile_claimed: englishClaim('mobile number'),
    email_claimed: englishClaim('e-mail address'),
    email_collided: {
      title: 'Your e-mail address is on another account',
      what: 'Another account has the same e-mail address in another spelling, so it is no longer on this account',
      advice: 'Give this account another e-mail address, or sign in to the other account.',
    },
    username_changed: {
      title: 'Your username was changed',
      what: 'The username of your account was changed',
      advice: ENGLISH_RECOVERY,
    },
    deletion_requested: {
      title: 'Somebody asked for the deletion of your account',
      what: 'Your account will be deleted in 14 days, because somebody asked for it from a new device',
      advice: `If this was not you, cancel the deletion${ENGLISH_CANCELLING}`,
    },
    deletion_cancelled: {
      title: 'Your account will not be deleted',
      what: 'The deletion of your account was cancelled',
      advice: 'To delete your account, ask for it on a device that you have used for a week or longer.',
    },
    export_requested: {
      title: 'Somebody asked for a copy of your data',
      what: 'A copy of all data of your account will be handed out in 14 days, because somebody asked for it from a new device',
      advice: `If this was not you, cancel it${ENGLISH_CANCELLING}`,
    },
    export_cancelled: {
      title: 'No copy of your data is handed out',
      what: 'A copy of the data of your account that was asked for is not handed out, because that was cancelled',
      advice: 'To get a copy, ask for it on a device that you have used for a week or longer.',
    },
  },
  es: {
    new_device: {
      title: 'Inicio de sesión en un dispositivo nuevo',
      what: 'Se ha iniciado sesión en tu cuenta desde un dispositivo que no conocíamos',
      advice: SPANISH_ADVICE,
    },
    new_device_displaced: {
      title: 'Un dispositivo nuevo ha iniciado sesión y otro la ha cerrado',
      what: 'Se ha iniciado sesión en tu cuenta desde un dispositivo que no habíamos visto antes. Ha ocupado el lugar de una sesión anterior',
      advice: SPANISH_ADVICE,
    },
    session_displaced: {
      title: 'Se cerró tu sesión en otro dispositivo',
      what: 'Un inicio de sesión más reciente ocupó el lugar de una sesión anterior',
      advice: SPANISH_ADVICE,
    },
    login_refused: {
      title: 'Se rechazó un inicio de sesión',
      what: 'Alguien con tu contraseña intentó iniciar sesión y fue rechazado, porque tu cuenta no admite más sesiones',
      advice: 'Si fuiste tú, cierra antes otra sesión. Si no, cambia tu contraseña.',
    },
    session_revoked: {
      title: 'Se cerró una sesión',
      what: 'Se ha cerrado una sesión de tu cuenta',
      advice: SPANISH_ADVICE,
    },
    token_reused: {
      title: 'Se cerró una sesión por tu seguridad',
      what: 'Alguien usó la clave antigua de una sesión cuando ya había sido sustituida. Puede que la hayan robado, por eso cerramos la sesión',
      advice: 'Inicia sesión de nuevo. Si no lo esperabas, cambia tu contraseña.',
    },
    recovery_link_made: {
      title: 'Alguien puede poner una contraseña nueva en tu cuenta',
      what: 'Nuestro servicio de ayuda ha creado un enlace que pone una contraseña nueva en tu cuenta y cierra la sesión en todos los dispositivos. Sirve durante 24 horas',
      advice: 'Si no lo pediste, recupera tu cuenta ahora con un código, lo que anula el enlace, y avísanos.',
    },
    password_changed: {
      title: 'Se cambió tu contraseña',
      what: 'Se ha cambiado la contraseña de tu cuenta',
      advice: SPANISH_RECOVERY,
    },
    contact_changed: {
      title: 'Se cambiaron tus datos de contacto',
      what: 'Se ha cambiado el móvil o el correo electrónico de tu cuenta',
      advice: SPANISH_RECOVERY,
    },
    mobile_changed: {
      title: 'Se cambió tu móvil',
      what: 'Se ha cambiado el móvil de tu cuenta',
      advice: SPANISH_RECOVERY,
    },
    email_changed: {
      title: 'Se cambió tu correo electrónico',
      what: 'Se ha cambiado el correo electrónico de tu cuenta',
      advice: SPANISH_RECOVERY,
    },
    mobile_claimed: spanishClaim('número de móvil'),
    email_claimed: spanishClaim('correo electrónico'),
    email_collided: {
      title: 'Tu correo electrónico está en otra cuenta',
      what: 'Otra cuenta tiene el mismo correo electrónico escrito de otra forma, por eso ya no está en esta cuenta',
      advice: 'Pon otro correo electrónico en esta cuenta, o inicia sesión en la otra.',
    },
    username_changed: {
      title: 'Se cambió tu nombre de usuario',
      what: 'Se ha cambiado el nombre de usuario de tu cuenta',
      advice: SPANISH_RECOVERY,
    },
    deletion_requested: {
      title: 'Alguien pidió eliminar tu cuenta',
      what: 'Tu cuenta se eliminará dentro de 14 días, porque alguien lo pidió desde un dispositivo nuevo',
      advice: `Si no fuiste tú, cancela la eliminación${SPANISH_CANCELLING}`,
    },
    deletion_cancelled: {
      title: 'Tu cuenta no se eliminará',
      what: 'Se ha cancelado la eliminación de tu cuenta',
      advice: 'Para eliminar tu cuenta, pídelo en un dispositivo que uses desde hace una semana o más.',
    },
    export_requested: {
      title: 'Alguien pidió una copia de tus datos',
      what: 'Dentro de 14 días se entregará una copia de todos los datos de tu cuenta, porque alguien la pidió desde un dispositivo nuevo',
      advice: `Si no fuiste tú, cancélala${SPANISH_CANCELLING}`,
    },
    export_cancelled: {
      title: 'No se entrega ninguna copia de tus datos',
      what: 'La copia de los datos de tu cuenta que se había pedido no se entrega, porque se ha cancelado',
      advice: 'Para obtener una copia, pídela en un dispositivo que uses desde hace una semana o más.',
    },
  },
};

export function isTold(kind: NotificationKind): kind is ToldKind {
  return TOLD.some((told) => told === kind);
}
