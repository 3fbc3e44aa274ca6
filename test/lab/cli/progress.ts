/** Progress of long work for a person: what is being done, the usual and the elapsed time. */
export interface Progress {
  /**
   * Runs one long task. `usual`: its usual duration, such as "6 min". Lines passed to `say` are printed with the
   * elapsed time.
   */
  during<T>(title: string, usual: string, work: (say: (line: string) => void) => Promise<T>): Promise<T>;
}

export function elapsed(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${String(seconds % 60).padStart(2, '0')} s`;
}

/** Writes lines to `log`; without other output, prints a heartbeat every `every` milliseconds. */
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
