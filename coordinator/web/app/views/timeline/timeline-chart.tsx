import { useMemo, useState } from 'preact/hooks';
import { edgesOf } from '../../model/edges.ts';
import { createScale, type Scale } from '../../model/scale.ts';
import type { Bar, Lane, Link, Timeline } from '../../model/timeline.ts';
import { useVisible } from '../../parts/visible.ts';
import { useWidth } from '../../parts/width.ts';
import { clockTime, duration, t } from '../../text/index.ts';

const laneHeight = 44;
const barHeight = 24;
const axisHeight = 30;
/** Space for the hosts' names; on a phone they are above their lanes. */
const nameWidth = 112;
const narrow = 560;
/** Approximate width of a letter in a bar's label, in pixels. */
const letter = 6.6;

/** The chart: one lane per host, time from left to right. Only visible lanes are rendered. */
export function Chart({ timeline }: { timeline: Timeline }) {
  const [frame, width] = useWidth<HTMLDivElement>();
  const [told, tell] = useState('');
  const height = axisHeight + timeline.lanes.length * laneHeight + 8;
  const count = timeline.lanes.length;
  const edges = useMemo(() => edgesOf(new Array<number>(count).fill(laneHeight)), [count]);
  const { first, end } = useVisible(frame, edges, axisHeight);
  const left = width < narrow ? 0 : nameWidth;
  const spans = timeline.lanes.flatMap(({ bars }) => bars);
  const scale = createScale(spans, Math.max(1, width - left - 12));
  const shown = (lane: number) => lane >= first && lane < end;
  return (
    <>
      <div class="chart" ref={frame} style={{ minHeight: `${height}px` }}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="img"
            aria-label={t().timeline.chart(timeline.lanes.length, duration((timeline.to - timeline.from) / 1000))}
          >
            <Axis scale={scale} left={left} width={width} height={height} />
            {timeline.lanes.slice(first, end).map((lane, index) => (
              <LaneOf key={lane.name} lane={lane} index={first + index} scale={scale} left={left} tell={tell} />
            ))}
            {timeline.links
              .filter(({ fromLane, toLane }) => shown(fromLane) || shown(toLane))
              .map((link) => (
                <Arrow key={link.toLane} link={link} scale={scale} left={left} />
              ))}
          </svg>
        )}
      </div>
      <p class="told quiet">{told}</p>
    </>
  );
}

interface AxisProps {
  scale: Scale;
  left: number;
  width: number;
  height: number;
}

/** Labels at both ends are aligned to stay inside the chart. */
function Axis({ scale, left, width, height }: AxisProps) {
  const anchor = (x: number) => (x < 20 ? 'start' : left + x > width - 40 ? 'end' : 'middle');
  return (
    <g class="axis">
      {scale.ticks.map(({ x, seconds }) => (
        <g key={seconds} transform={`translate(${left + x} 0)`}>
          <line y1={axisHeight - 6} y2={height} />
          <text y="14" text-anchor={anchor(x)}>
            {duration(seconds)}
          </text>
        </g>
      ))}
      {scale.breaks.map(({ x, seconds }) => (
        <g key={x} class="break" transform={`translate(${left + x} 0)`}>
          <title>{t().timeline.idle(duration(seconds))}</title>
          <path d={`M-3 ${axisHeight}V${height}M3 ${axisHeight}V${height}`} />
        </g>
      ))}
    </g>
  );
}

interface LaneProps {
  lane: Lane;
  index: number;
  scale: Scale;
  left: number;
  tell: (text: string) => void;
}

function LaneOf({ lane, index, scale, left, tell }: LaneProps) {
  const top = axisHeight + index * laneHeight;
  const y = (laneHeight - barHeight) / 2 + (left === 0 ? 7 : 0);
  const middle = y + barHeight / 2;
  return (
    <g class="lane" transform={`translate(0 ${top})`}>
      <line class="rule" x1="0" x2="100%" y1="0" y2="0" />
      <text class="name" x="0" y={left === 0 ? 11 : middle + 4.5}>
        {lane.name}
      </text>
      <g transform={`translate(${left} 0)`}>
        {lane.waits.map(({ from, to, on }) => (
          <g key={from} class="waiting">
            <title>{on === null ? t().timeline.waits : t().timeline.waitsFor(on.host, on.step)}</title>
            <rect x={scale.x(from)} y={y} width={Math.max(0, scale.x(to) - scale.x(from))} height={barHeight} />
            <line x1={scale.x(from) + 2} x2={scale.x(to) - 2} y1={middle} y2={middle} />
          </g>
        ))}
        {lane.bars.map((bar) => (
          <BarOf key={bar.id} bar={bar} host={lane.name} scale={scale} y={y} tell={tell} />
        ))}
      </g>
    </g>
  );
}

interface BarProps {
  bar: Bar;
  host: string;
  scale: Scale;
  y: number;
  tell: (text: string) => void;
}

function BarOf({ bar, host, scale, y, tell }: BarProps) {
  const { id, title, part, from, to, running, failed } = bar;
  const x = scale.x(from);
  // One pixel of space on the right separates adjacent bars.
  const width = Math.max(1.5, scale.x(to) - x - 1);
  const seconds = (to - from) / 1000;
  const label = fitting(t().groups[part], duration(seconds), width);
  const text = t().timeline.bar(host, title, duration(seconds), clockTime(from));
  return (
    <g
      class={`bar ${part} ${running ? 'running' : ''} ${failed ? 'failed' : ''}`}
      data-step={id}
      onPointerEnter={() => tell(text)}
      onPointerLeave={() => tell('')}
    >
      <title>{text}</title>
      <rect x={x} y={y} width={width} height={barHeight} rx={Math.min(4, width / 2)} />
      {label !== '' && (
        <text x={x + 7} y={y + barHeight / 2 + 4}>
          {label}
        </text>
      )}
    </g>
  );
}

/** As much of the label as fits the bar. */
function fitting(name: string, time: string, width: number): string {
  const room = width - 12;
  const wide = (text: string) => [...text].reduce((sum, one) => sum + (one > '\u2e80' ? 12 : letter), 0);
  return [`${name} · ${time}`, name, time].find((text) => wide(text) <= room) ?? '';
}

/** From the end of the enabling step to the start of the step that it allowed. */
function Arrow({ link: { fromLane, toLane, at, begins }, scale, left }: { link: Link; scale: Scale; left: number }) {
  const down = toLane > fromLane;
  const shift = left === 0 ? 7 : 0;
  const edge = (lane: number, below: boolean) =>
    axisHeight + lane * laneHeight + laneHeight / 2 + shift + (below ? barHeight / 2 : -barHeight / 2);
  const x1 = left + scale.x(at);
  const x2 = left + scale.x(begins);
  const y1 = edge(fromLane, down);
  const y2 = edge(toLane, !down);
  const bend = Math.max(6, Math.min(28, Math.abs(y2 - y1) / 2));
  return (
    <g class="link">
      <path d={`M${x1} ${y1}C${x1} ${y1 + (down ? bend : -bend)} ${x2} ${y2 - (down ? bend : -bend)} ${x2} ${y2}`} />
      <circle cx={x1} cy={y1} r="2.5" />
      <path class="tip" d={`M${x2 - 3.5} ${y2 - (down ? 5 : -5)}L${x2} ${y2}L${x2 + 3.5} ${y2 - (down ? 5 : -5)}Z`} />
    </g>
  );
}
