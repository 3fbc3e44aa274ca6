/** Tells a person who waits: what is being done, how far it is, how long it usually takes, how long it has taken so far. */
export interface Progress {
  /** Runs one long thing; `usual` is such as "6 min". What the work says through its argument is shown with the time so far. */
  during<T>(title: string, usual: string, work: (say: (line: string) => void) => Promise<T>): Promise<T>;
}

export function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Writes lines to `log`; while nothing is said, a sign of life comes every `every` milliseconds. */
export function createProgress(log: (line: string) => void, every = 20_000): Progress {
  return {
    async during(title, usual, work) {
      const start = Date.now();
      const time = () => elapsed(Date.now() - start);
      let last = '';
      log(`${title} (usually ${usual})`);
      const timer = setInterval(() => log(`  ${last || title}: ${time()} so far`), every);
      try {
        const result = await work((line) => {
          last = line;
          log(`  ${line} (${time()} so far)`);
        });
        log(`  done in ${time()}`);
        return result;
      } finally {
        clearInterval(timer);
      }
    },
  };
}
