import { existsSync, readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { defaultPort } from '../../../shared/paths.ts';
import { LabError } from '../lab-error.ts';
import { hostNamed, labPaths } from '../layout.ts';
import { findProcess, startProcess, stopProcess } from '../machine/processes.ts';
import { inLab } from '../network.ts';

/** Forwards the coordinator on a master to 127.0.0.1 of the machine that runs the lab, on port 7443 or a free one. */
export async function startForward(master = 'master01'): Promise<{ port: number }> {
  const name = master === 'master01' ? 'forward' : `forward-${master}`;
  const portFile = `${labPaths.run}/${name}.port`;
  const port = () => (existsSync(portFile) ? Number(readFileSync(portFile, 'utf8')) : 0);
  const inside = `${name}-inside`;
  const outside = `${name}-outside`;
  if (findProcess(inside) !== null && findProcess(outside) !== null && port() > 0) return { port: port() };

  await Promise.all([stopProcess(inside), stopProcess(outside)]);
  rmSync(portFile, { force: true });
  const relay = `${import.meta.dirname}/relay.ts`;
  const socket = `${labPaths.run}/${name}.sock`;
  const address = hostNamed(master)?.address ?? '';
  startProcess(inside, 'ip', inLab([process.execPath, relay, 'inside', socket, address, String(defaultPort)]));
  startProcess(outside, process.execPath, [relay, 'outside', socket, String(defaultPort), portFile]);
  for (let attempt = 0; attempt < 200 && !(port() > 0 && existsSync(socket)); attempt++) await sleep(25);
  if (port() > 0) return { port: port() };
  throw new LabError('lab-forward', 'the way from this machine to the coordinator could not be opened', {
    remedy: `tail ${labPaths.logs}/${outside}.log`,
  });
}
