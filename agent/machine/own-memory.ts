import { readFile } from 'node:fs/promises';

/** Of <sys/mman.h>. */
const MADV_DONTNEED = 4;

/** Garbage is collected once the heap has grown by this many bytes since it last was. */
const growth = 4 << 20;

export interface Mapping {
  /** Its first address. */
  start: bigint;
  /** In bytes. */
  length: bigint;
}

/**
 * The mappings whose pages the kernel can read again from their file at any time: of a file, not writable, and no page of them differs
 * from it. `smaps`: the content of /proc/PID/smaps.
 */
export function copiesOfFiles(smaps: string): Mapping[] {
  return smaps.split(/\n(?=[0-9a-f]+-[0-9a-f]+ )/).flatMap((entry) => {
    const [, start, end] = /^([0-9a-f]+)-([0-9a-f]+) r-[x-][ps] \S+ \S+ \d+ +\//.exec(entry) ?? [];
    if (start === undefined || end === undefined) return [];
    const kib = (field: string) => Number(new RegExp(`^${field}: +(\\d+) kB$`, 'm').exec(entry)?.[1] ?? Number.NaN);
    const differs = ['Private_Dirty', 'Shared_Dirty', 'Anonymous', 'Swap'].some((field) => kib(field) !== 0);
    if (differs || !(kib('Rss') > 0)) return [];
    return [{ start: BigInt(`0x${start}`), length: BigInt(`0x${end}`) - BigInt(`0x${start}`) }];
  });
}

/**
 * Gives back memory that this process does not need to rest: garbage, freed memory that malloc keeps, and the pages of the program itself
 * that were only used to get here; those that are used again are read again from the page cache. What this runtime has no means for is
 * left out: garbage collection wants Node's --expose-gc, the rest its experimental node:ffi.
 */
export function createGiveBack(): () => Promise<void> {
  const c = libc();
  let collected = 0;

  return async () => {
    if (globalThis.gc !== undefined && process.memoryUsage().heapUsed > collected + growth) {
      globalThis.gc();
      collected = process.memoryUsage().heapUsed;
    }
    if (c === null) return;
    c.malloc_trim(0n);
    for (const { start, length } of copiesOfFiles(await readFile('/proc/self/smaps', 'utf8')))
      c.madvise(start, length, MADV_DONTNEED);
  };
}

function libc(): {
  malloc_trim(pad: bigint): number;
  madvise(start: bigint, length: bigint, advice: number): number;
} | null {
  const ffi = process.getBuiltinModule('node:ffi');
  if (ffi === undefined) return null;
  return ffi.dlopen(null, {
    malloc_trim: { arguments: ['uint64'], return: 'int32' },
    madvise: { arguments: ['uint64', 'uint64', 'int32'], return: 'int32' },
  }).functions;
}
