import type { Language } from '../../../shared/text/local-text.ts';
import type { Paint } from '../terminal/paint.ts';

/** How a command prints for a terminal. */
export interface Style {
  paint: Paint;
  language: Language;
  /** The terminal's width; absent if unknown or not a terminal. */
  columns?: number | undefined;
}
