/** How each of JPEG, PNG and GIF begins. */
const BEGINNINGS = ['\xff\xd8\xff', '\x89PNG\r\n\x1a\n', 'GIF87a', 'GIF89a'];

/** JPEG, PNG, GIF or WebP by content alone: names and types that a client gives say nothing. Nothing else may reach a decoder. */
export function isSupportedImage(bytes: Buffer): boolean {
  const start = bytes.toString('latin1', 0, 12);
  const isWebp = start.startsWith('RIFF') && start.endsWith('WEBP');
  return isWebp || BEGINNINGS.some((beginning) => start.startsWith(beginning));
}
