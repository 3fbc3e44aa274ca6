import { labHosts } from '../../lab/hosts.ts';
import { on } from '../../lab/install.ts';
import {
  certificateKey,
  joinCommand,
  master,
  type Phases,
  type Runtime,
  script,
  socketOf,
  stopwatch,
} from './commands.ts';
import { prepare } from './parallel-script.ts';

const endpoint = 'lab.internal:6443';

/**
 * The parallel script for several masters: every host reaches the API servers through haproxy on loopback, the other
 * masters join one after the other with the certificates that init uploads, and workers join meanwhile.
 */
export async function haScript(lab: { runtime: Runtime; hosts: number; masters: number }): Promise<Phases> {
  const seconds = stopwatch();
  const socket = socketOf(lab.runtime);
  const marks = { prepared: 0, initialised: 0, joined: 0 };
  const hosts = labHosts(lab.hosts, lab.masters);
  const addresses = hosts.filter(({ role }) => role === 'control-plane').map(({ address }) => address);
  const named = ({ name }: { name: string }) => name;
  const others = hosts.slice(1, lab.masters).map(named);
  const workers = hosts.slice(lab.masters).map(named);

  const ready = new Map(
    hosts.map(({ name }) => {
      const work = async () => {
        await prepare(name, lab.runtime);
        await script(name, 'haproxy', ...addresses);
        marks.prepared = Math.max(marks.prepared, seconds());
      };
      return [name, work()];
    }),
  );
  const initialising = (async () => {
    await ready.get(master);
    await script(master, 'init', socket, endpoint);
    marks.initialised = seconds();
    const printed = await on(master, 'cat', '/root/init.log');
    return { join: joinCommand(printed), key: certificateKey(printed) };
  })();

  async function join(host: string, more: (key: string) => string[]): Promise<void> {
    const [{ join, key }] = await Promise.all([initialising, ready.get(host)]);
    await on(host, ...join, '--cri-socket', socket, ...more(key));
    marks.joined = Math.max(marks.joined, seconds());
  }
  const asMaster = (key: string) => [
    '--control-plane',
    '--certificate-key',
    key,
    '--ignore-preflight-errors=Port-6443',
  ];
  const joiningMasters = others.reduce((before, host) => before.then(() => join(host, asMaster)), Promise.resolve());
  await Promise.all([
    joiningMasters,
    ...workers.map((host) => join(host, () => [])),
    initialising.then(() => script(master, 'plugin')),
  ]);
  await script(master, 'wait-ready', String(hosts.length));
  return { ...marks, ready: seconds() };
}
