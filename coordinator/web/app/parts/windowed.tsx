import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

/** Rows beyond the visible ones, so that scrolling meets them ready. */
const overscan = 8;

interface WindowedProps {
  count: number;
  /** The element's custom property that says how high a row is, in pixels: it differs between a phone and a desk. */
  render: (first: number, end: number) => ComponentChildren;
}

/**
 * Draws the rows of a long list that are on the screen, and keeps the room of the others. All rows are of the height that the style sheet
 * gives as `--row`.
 */
export function Windowed({ count, render }: WindowedProps) {
  const element = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ first: 0, end: Math.min(count, 40), height: 0 });

  useLayoutEffect(() => {
    const list = element.current;
    if (list === null) return;
    const measure = () => {
      const height = Number.parseFloat(getComputedStyle(list).getPropertyValue('--row'));
      const above = Math.max(0, -list.getBoundingClientRect().top);
      const first = Math.max(0, Math.floor(above / height) - overscan);
      const end = Math.min(count, Math.ceil((above + innerHeight) / height) + overscan);
      setRange((before) =>
        before.first === first && before.end === end && before.height === height ? before : { first, end, height },
      );
    };
    measure();
    addEventListener('scroll', measure, { passive: true });
    addEventListener('resize', measure);
    return () => {
      removeEventListener('scroll', measure);
      removeEventListener('resize', measure);
    };
  }, [count]);

  // What stands above the list may have changed its height, and with it which rows are to be seen.
  useEffect(() => {
    const observer = new ResizeObserver(() => dispatchEvent(new Event('resize')));
    const main = element.current?.closest('main');
    if (main) observer.observe(main);
    return () => observer.disconnect();
  }, []);

  const { first, height } = range;
  const end = Math.min(range.end, count);
  return (
    <div ref={element} class="windowed">
      <div style={{ height: `${first * height}px` }} />
      {render(first, end)}
      <div style={{ height: `${Math.max(0, count - end) * height}px` }} />
    </div>
  );
}
