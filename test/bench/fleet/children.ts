import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { deployed } from './deployed.ts';

export interface Child {
  /** Sends a message and resolves to the reply. */
  ask<T>(message: object): Promise<T>;
  kill(): Promise<void>;
}

/** Starts a script of this folder as a process of its own; resolves to it and its first message. */
export async function startChild<T>(script: string, args: readonly string[] = []): Promise<{ child: Child; first: T }> {
  const started = fork(join(import.meta.dirname, script), args, {
    execArgv: [...deployed.nodeOptions, '--import', join(import.meta.dirname, 'end-with-bench.ts')],
    env: { ...process.env, ...deployed.environment },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const child: Child = {
    ask<R>(message: object) {
      const reply = next<R>(started);
      started.send(message);
      return reply;
    },
    async kill() {
      const ended = new Promise((resolve) => started.once('exit', resolve));
      started.kill('SIGKILL');
      await ended;
    },
  };
  return { child, first: args.length === 0 ? (undefined as T) : await next<T>(started) };
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
