import { staticPage } from '../common/index.js';

export const PAGE = staticPage({
  title: 'Was this you?',
  main: `<p id="text">If you did not log in there, we will log that device out and keep it out.</p>
<p><button id="report" type="button">This was not me</button></p>`,
  script: '/report.js',
});

export const SCRIPT = `'use strict';
const TEXTS = {
  en: {
    title: 'Was this you?',
    text: 'If you did not log in there, we will log that device out and keep it out.',
    report: 'This was not me',
    204: 'Done. The device is logged out and blocked. Choose a new password now: the old one works only on devices that you used before.',
    403: 'This device has been with the account for longer than this address. Report it from another device of yours.',
    404: 'This link is not complete. Open it again from the message.',
    410: 'This link has been used, or is too old.',
    other: 'That did not work. Please try again in a moment.',
  },
  es: {
    title: '¿Fuiste tú?',
    text: 'Si no iniciaste sesión allí, cerraremos la sesión de ese dispositivo y no lo dejaremos volver a entrar.',
    report: 'No fui yo',
    204: 'Listo. El dispositivo está fuera y bloqueado. Elige ahora otra contraseña: la anterior solo sirve en los dispositivos que ya usabas.',
    403: 'Ese dispositivo lleva en la cuenta más tiempo que esta dirección. Avisa desde otro de tus dispositivos.',
    404: 'El enlace no está completo. Ábrelo otra vez desde el mensaje.',
    410: 'Este enlace ya se usó o es demasiado antiguo.',
    other: 'No ha funcionado. Inténtalo de nuevo en un momento.',
  },
};
const language = navigator.language.startsWith('es') ? 'es' : 'en';
const texts = TEXTS[language];
const $ = (id) => document.getElementById(id);
const token = location.hash.slice(1);

document.documentElement.lang = language;
document.title = texts.title;
for (const id of ['title', 'text', 'report']) $(id).textContent = texts[id];
history.replaceState(null, '', location.pathname);

$('report').addEventListener('click', async () => {
  $('report').disabled = true;
  let status = 404;
  if (token) {
    const answer = await fetch('/v1/reports', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ token }),
    }).catch(() => null);
    status = answer ? answer.status : 0;
  }
  $('result').textContent = texts[status] ?? texts.other;
  $('report').disabled = [204, 403, 404, 410].includes(status);
});
`;
