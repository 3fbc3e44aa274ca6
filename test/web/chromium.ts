import { execa } from 'execa';
import { findChromium } from './browser.ts';

/**
 * Makes sure that there is a browser: Debian's Chromium, installed where possible. Without one the run fails with the
 * reason.
 */
export async function setup(): Promise<void> {
  if (findChromium() !== undefined) return;
  if (process.getuid?.() !== 0) {
    throw new Error('the page’s tests need a browser, and only root may install it: sudo apt-get install -y chromium');
  }
  process.stdout.write('installing chromium …\n');
  await execa('apt-get', ['update', '-qq']);
  await execa(
    'apt-get',
    ['install', '-y', '-qq', '--no-install-recommends', 'chromium', 'fonts-noto-cjk', 'fonts-inter'],
    {
      env: { DEBIAN_FRONTEND: 'noninteractive' },
    },
  );
  if (findChromium() === undefined) throw new Error('apt has installed chromium, and there is none');
}
