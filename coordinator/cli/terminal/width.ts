import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter();

/** A text's width in columns: Chinese characters take two, combining marks and colours none. */
export const widthOf = stringWidth;

/** Cuts plain text to `columns` and appends "…". */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  let kept = '';
  let room = columns - 1;
  for (const { segment } of segmenter.segment(text)) {
    room -= widthOf(segment);
    if (room < 0) break;
    kept += segment;
  }
  return `${kept}…`;
}
