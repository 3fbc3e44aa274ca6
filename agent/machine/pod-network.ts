import type { Host } from '../host/host.ts';
import { readShow } from '../host/systemd.ts';

const folder = '/etc/cni/net.d';
/** Seconds after which a kubelet has certainly read a new configuration. */
const fresh = 15;

/** A network configuration that was written since the kubelet started, within the last 15 s; null: none. */
export async function freshNetworkConfiguration(host: Pick<Host, 'run' | 'readFile' | 'now'>): Promise<string | null> {
  const started = await startOf(host, 'kubelet');
  if (started === null) return null;
  const after = Math.max(started, host.now().getTime() / 1000 - fresh);
  const { stdout } = await host.run('find', [folder, '-name', '*.conf*', '-newermt', `@${after.toFixed(3)}`]);
  return stdout.trim().split('\n')[0] || null;
}

/** When a unit last became active, in seconds since the epoch, whatever the time zone; null: it is not active. */
async function startOf(host: Pick<Host, 'run' | 'readFile' | 'now'>, unit: string): Promise<number | null> {
  const { stdout } = await host.run('systemctl', [
    'show',
    '-p',
    'ActiveState',
    '-p',
    'ActiveEnterTimestampMonotonic',
    unit,
  ]);
  const [shown] = readShow(stdout);
  const sinceBoot = Number(shown?.get('ActiveEnterTimestampMonotonic')) / 1e6;
  const uptime = Number.parseFloat((await host.readFile('/proc/uptime')) ?? '');
  const started = host.now().getTime() / 1000 - uptime + sinceBoot;
  return shown?.get('ActiveState') === 'active' && Number.isFinite(started) ? started : null;
}
