/** For comparing texts as people read them: without regard to case, and to how letters with accents are composed. */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** Of a pattern with the flag `u`: a character that can be seen. The Hangul fillers count as letters, and the blank Braille pattern as a symbol. */
export const VISIBLE = String.raw`(?![\u2800\p{Default_Ignorable_Code_Point}])[\p{L}\p{N}\p{P}\p{S}]`;

/** One line that can be seen. Control characters would let it forge lines and directions. */
export const visibleLine = (longest: number) =>
  new RegExp(String.raw`^(?=.*${VISIBLE})[^\p{Cc}\p{Bidi_Control}]{1,${longest}}$`, 'u');
