import { staticPage } from '../common/index.js';

export const PAGE = staticPage({
  title: 'Choose a new password',
  main: `<p id="text">After that you are signed out everywhere, and only this password opens your account.</p>
<form id="form">
<p><label id="label" for="password">New password, 8 characters or more</label>
<input id="password" type="password" autocomplete="new-password" minlength="8" maxlength="128" required></p>
<p><button id="send" type="submit">Set the password</button></p>
</form>`,
  script: '/recover.js',
});

export const SCRIPT = `'use strict';
const TEXTS = {
  en: {
    title: 'Choose a new password',
    text: 'After that you are signed out everywhere, and only this password opens your account.',
    label: 'New password, 8 characters or more',
    send: 'Set the password',
    204: 'Done. Sign in with the new password now, and prove your mobile and e-mail again.',
    400: 'This password may not be chosen. Choose another one.',
    410: 'This link is not whole, has been used, or is too old. Ask for a new one.',
    other: 'That did not work. Please try again in a moment.',
  },
  es: {
    title: 'Elige otra contraseña',
    text: 'Después se cierran todas tus sesiones, y solo esta contraseña abre tu cuenta.',
    label: 'Contraseña nueva, 8 caracteres o más',
    send: 'Guardar la contraseña',
    204: 'Listo. Inicia sesión con la contraseña nueva, y confirma otra vez tu móvil y tu correo.',
    400: 'Esta contraseña no se puede elegir. Elige otra.',
    410: 'El enlace no está completo, ya se usó o es demasiado antiguo. Pide otro.',
    other: 'No ha funcionado. Inténtalo de nuevo en un momento.',
  },
};
const language = navigator.language.startsWith('es') ? 'es' : 'en';
const texts = TEXTS[language];
const $ = (id) => document.getElementById(id);
const token = location.hash.slice(1);

document.documentElement.lang = language;
document.title = texts.title;
for (const id of ['title', 'text', 'label', 'send']) $(id).textContent = texts[id];
history.replaceState(null, '', location.pathname);

$('form').addEventListener('submit', async (event) => {
  event.preventDefault();
  $('send').disabled = true;
  const answer = await fetch('/v1/users/recover/link', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token, newPassword: $('password').value }),
  }).catch(() => null);
  const status = answer ? answer.status : 0;
  $('result').textContent = texts[status] ?? texts.other;
  $('send').disabled = status === 204 || status === 410;
  $('form').hidden = status === 204;
});
`;
