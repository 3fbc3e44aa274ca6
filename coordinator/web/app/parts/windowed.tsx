import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { edgesOf } from '../model/edges.ts';
import { useVisible } from './visible.ts';

interface WindowedProps<T> {
  items: readonly T[];
  isHeading: (item: T) => boolean;
  render: (item: T, index: number) => ComponentChildren;
}

/**
 * Renders only the visible rows of a long list and reserves space for the others. Rows have the height of the style
 * sheet's `--row` and headings that of `--group`, which differ between phone and desktop.
 */
export function Windowed<T>({ items, isHeading, render }: WindowedProps<T>) {
  const element = useRef<HTMLDivElement>(null);
  const [{ row, group }, setHeights] = useState({ row: 0, group: 0 });
  useLayoutEffect(() => {
    const read = () => {
      if (element.current === null) return;
      const style = getComputedStyle(element.current);
      const pixels = (name: string) => Number.parseFloat(style.getPropertyValue(name));
      setHeights({ row: pixels('--row'), group: pixels('--group') });
    };
    read();
    addEventListener('resize', read);
    return () => removeEventListener('resize', read);
  }, []);
  const kinds = items.map((item) => (isHeading(item) ? 'g' : 'r')).join('');
  // A filter gives a new list each time; only another sequence of rows and headings moves the edges.
  const edges = useMemo(() => edgesOf([...kinds].map((kind) => (kind === 'g' ? group : row))), [kinds, row, group]);
  const { first, end } = useVisible(element, edges);
  return (
    <div ref={element} class="windowed">
      <div style={{ height: `${edges[first] ?? 0}px` }} />
      {items.slice(first, end).map((item, index) => render(item, first + index))}
      <div style={{ height: `${(edges.at(-1) ?? 0) - (edges[end] ?? 0)}px` }} />
    </div>
  );
}
