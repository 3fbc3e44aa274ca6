import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express, { type Express } from 'express';
import { run } from '../../../coordinator/cli/run.ts';

const main = join(import.meta.dirname, '../../../coordinator/main.ts');

export interface Finished {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Started {
  /** Standard output so far. */
  stdout(): string;
  /** Resolves once standard output contains the text. */
  says(text: string): Promise<void>;
  kill(signal: NodeJS.Signals): void;
  /** Closes the reading end of its standard output. */
  hangUp(): void;
  finished: Promise<Finished>;
}

/** A folder with a coordinator's socket, and `muster` processes without a terminal that connect to it. */
export async function createBench() {
  const folder = await mkdtemp(join(tmpdir(), 'muster-cli-'));
  const socket = join(folder, 'muster.sock');
  const servers: Server[] = [];
  const children: ChildProcess[] = [];

  async function serve(build: (app: Express) => void): Promise<void> {
    const app = express();
    app.use(express.json());
    build(app);
    const server = createServer(app);
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(socket, resolve));
  }

  async function stopServing(): Promise<void> {
    await Promise.all(
      servers.splice(0).map((server) => {
        server.closeAllConnections();
        return new Promise((resolve) => server.close(resolve));
      }),
    );
  }

  function launch(program: string, args: readonly string[], env: Record<string, string>) {
    const { PATH, NODE_COMPILE_CACHE } = process.env;
    const child = spawn(program, args, {
      env: { PATH, NODE_COMPILE_CACHE, TERM: 'xterm', TZ: 'UTC', MUSTER_SOCKET: socket, ...env },
      stdio: 'pipe',
    });
    children.push(child);
    return child;
  }

  /** Runs it on a pseudo-terminal and returns its whole output. Ctrl-C is pressed once it has printed `until`. */
  async function onTerminal(args: string, env: Record<string, string> = {}, until?: string): Promise<string> {
    const child = launch('script', ['-qec', `${process.execPath} ${main} ${args}`, '/dev/null'], env);
    let written = '';
    let isPressed = false;
    child.stdout.setEncoding('utf8').on('data', (text) => {
      written += text;
      if (isPressed || until === undefined || !written.includes(until)) return;
      isPressed = true;
      child.stdin.write('\x03');
    });
    await new Promise((resolve) => child.once('close', resolve));
    return written;
  }

  function start(args: readonly string[], env: Record<string, string> = {}): Started {
    const child = launch(process.execPath, [main, ...args], env);
    let stdout = '';
    let stderr = '';
    const finished = new Promise<Finished>((resolve) => {
      child.once('close', (code) => resolve({ code, stdout, stderr }));
    });
    child.stderr.setEncoding('utf8').on('data', (text) => (stderr += text));
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    return {
      stdout: () => stdout,
      says: (text) =>
        new Promise((resolve, reject) => {
          const look = () => stdout.includes(text) && resolve();
          child.stdout.on('data', look);
          void finished.then(() => reject(new Error(`it ended without saying "${text}": ${stdout}${stderr}`)));
          look();
        }),
      kill: (signal) => void child.kill(signal),
      hangUp: () => void child.stdout.destroy(),
      finished,
    };
  }

  return {
    folder,
    socket,
    serve,
    stopServing,
    start,
    onTerminal,
    /** Runs the command in this process, which is much faster. */
    async muster(...args: string[]): Promise<Finished> {
      let stdout = '';
      let stderr = '';
      const code = await run(args, {
        stdout: { write: (text) => (stdout += text) },
        stderr: { write: (text) => (stderr += text) },
        env: { MUSTER_SOCKET: socket },
      });
      return { code, stdout, stderr };
    },
    async close(): Promise<void> {
      for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
      await stopServing();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export type Bench = Awaited<ReturnType<typeof createBench>>;
