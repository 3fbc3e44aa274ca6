import type { RefObject } from 'preact';
import { useLayoutEffect, useState } from 'preact/hooks';
import { type Edges, rowsBetween } from '../model/edges.ts';

/** Rows rendered beyond the visible ones, for smooth scrolling. */
const overscan = 8;

/** The rows of a long list that are on the screen. `above`: height above the first row, in pixels. */
export function useVisible(
  element: RefObject<Element | null>,
  edges: Edges,
  above = 0,
): { first: number; end: number } {
  const count = edges.length - 1;
  const [range, setRange] = useState({ first: 0, end: Math.min(count, 40) });

  useLayoutEffect(() => {
    const list = element.current;
    if (list === null || edges.at(-1) === 0) return;
    const measure = () => {
      const hidden = -list.getBoundingClientRect().top - above;
      const { first, end } = rowsBetween(edges, hidden, hidden + innerHeight, overscan);
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
  }, [element, edges, above]);

  return { first: Math.min(range.first, count), end: Math.min(range.end, count) };
}
