import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { useVisible } from './visible.ts';

interface WindowedProps {
  count: number;
  render: (first: number, end: number) => ComponentChildren;
}

/**
 * Renders only the visible rows of a long list and reserves space for the others. All rows have the height of the style
 * sheet's `--row`, which differs between phone and desktop.
 */
export function Windowed({ count, render }: WindowedProps) {
  const element = useRef<HTMLDivElement>(null);
  const [height, setHeight] = useState(0);
  useLayoutEffect(() => {
    const read = () => {
      if (element.current === null) return;
      setHeight(Number.parseFloat(getComputedStyle(element.current).getPropertyValue('--row')));
    };
    read();
    addEventListener('resize', read);
    return () => removeEventListener('resize', read);
  }, []);
  const { first, end } = useVisible(element, count, height);
  return (
    <div ref={element} class="windowed">
      <div style={{ height: `${first * height}px` }} />
      {render(first, end)}
      <div style={{ height: `${Math.max(0, count - end) * height}px` }} />
    </div>
  );
}
