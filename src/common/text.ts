/** For comparing texts as people read them: without regard to case, and to how letters with accents are composed. */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/**
 * Of a pattern with the flag `u`: a character that can be seen, or is younger than this software. The Hangul fillers count as letters, and
 * the blank Braille pattern as a symbol.
 */
export const VISIBLE = String.raw`[^\s\p{Cc}\p{Cf}\p{Cs}\p{M}\p{Default_Ignorable_Code_Point}\u2800]`;

/** One line that can be seen. Control characters would let it forge lines and directions. */
export const visibleLine = (longest: number) =>
  new RegExp(String.raw`^(?=.*${VISIBLE})[^\p{Cc}\p{Bidi_Control}]{1,${longest}}$`, 'u');
