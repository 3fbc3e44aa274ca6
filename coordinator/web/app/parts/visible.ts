import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';

/** Rows rendered beyond the visible ones, for smooth scrolling. */
const overscan = 8;

/**
 * The rows of a long list that are on the screen, given the row height and the height above the first row, in pixels.
 */
export function useVisible(
  element: RefObject<Element | null>,
  count: number,
  height: number,
  above = 0,
): { first: number; end: number } {
  const [range, setRange] = useState({ first: 0, end: Math.min(count, 40) });

  useLayoutEffect(() => {
    const list = element.current;
    if (list === null || height <= 0) return;
    const measure = () => {
      const hidden = -list.getBoundingClientRect().top - above;
      const first = Math.max(0, Math.floor(hidden / height) - overscan);
      const end = Math.min(count, Math.max(0, Math.ceil((hidden + innerHeight) / height)) + overscan);
      setRange((before) => (before.first === first && before.end === end ? before : { first, end }));
    };
    measure();
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    // Content above the list may change its height and thereby shift the visible rows.
    const observer = new ResizeObserver(measure);
    observer.observe(document.body);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
      observer.disconnect();
    };
  }, [element, count, height, above]);

  return { first: Math.min(range.first, count), end: Math.min(range.end, count) };
}
