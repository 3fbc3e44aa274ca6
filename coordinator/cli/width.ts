import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter();

/** The columns that a text takes: Chinese characters take two, combining marks and colours none. */
export const widthOf = stringWidth;

/** The text, cut to so many columns; what was cut shows as "…". The text carries no colours. */
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
