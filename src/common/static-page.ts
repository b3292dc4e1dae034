/** What one of the service's own pages holds. Texts are in English; its script puts them into the reader's language. */
export interface StaticPage {
  readonly title: string;
  /** HTML. */
  readonly main: string;
  /** Where its script is. */
  readonly script: string;
}

/** A page without a line of script in it, as the content security policy wants it. */
export function staticPage({ title, main, script }: StaticPage): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>
body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 4rem auto; padding: 0 1rem; color: #1b1f24; background: #fff }
input { font: inherit; padding: .5rem; width: 100%; box-sizing: border-box; border: 1px solid #777; border-radius: .4rem; color: inherit; background: transparent }
button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: .4rem; background: #b42318; color: #fff; cursor: pointer }
button:disabled { background: #777; cursor: default }
[hidden] { display: none }
@media (prefers-color-scheme: dark) { body { color: #e6e6e6; background: #16181c } }
</style>
</head>
<body>
<main>
<h1 id="title">${title}</h1>
${main}
<p id="result" role="status" aria-live="polite"></p>
</main>
<script src="${script}"></script>
</body>
</html>
`;
}
