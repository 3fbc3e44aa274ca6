import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';

export interface Child {
  /** Sends a message and resolves to the reply. */
  ask<T>(message: object): Promise<T>;
  kill(): Promise<void>;
}

/** Starts a script of this folder as a process of its own; resolves to it and its first message. */
export async function startChild<T>(script: string, args: readonly string[] = []): Promise<{ child: Child; first: T }> {
  const process = fork(join(import.meta.dirname, script), args, {
    // As setup.sh starts the coordinator.
    execArgv: ['--max-semi-space-size=8', '--heap-growing-percent=25'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const child: Child = {
    ask<R>(message: object) {
      const reply = next<R>(process);
      process.send(message);
      return reply;
    },
    async kill() {
      const ended = new Promise((resolve) => process.once('exit', resolve));
      process.kill('SIGKILL');
      await ended;
    },
  };
  return { child, first: args.length === 0 ? (undefined as T) : await next<T>(process) };
}

function next<T>(process: ChildProcess): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (code: number | null) => reject(new Error(`the process ended with ${code}`));
    process.once('exit', ended);
    process.once('message', (message) => {
      process.off('exit', ended);
      resolve(message as T);
    });
  });
}
