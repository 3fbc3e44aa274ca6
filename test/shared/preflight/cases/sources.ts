import type { Facts } from '../../../../shared/protocol/facts.ts';
import { type Case, planned, reaching, withPlugin, worker } from '../known.ts';

const signedBy = (signed: Partial<NonNullable<NonNullable<Facts['reach']>['signed']>[string]>) =>
  reaching({ signed: { kubernetes: { isKnown: true, expires: null, refusal: null, ...signed } } });
const came = (result: 'ok' | 'refused' | 'untrusted' | 'plain-http' | 'missing' | 'failed' | 'unknown', ms = 10) => ({
  result,
  target: 'https://there/',
  detail: 'HTTP 500',
  ms,
});
const keyByUrl = planned({
  kubernetes: { packages: { url: 'https://m', suite: '/', components: [], key: { url: 'https://m/key' } } },
});
const pinned = planned({ kubernetes: { packageVersion: '1.23.0-01' } });
const byUrl = { ...withPlugin('calico', 'Calico v3.24.1'), bootstrap: 'init' as const };
const { runtime } = worker.settings;
const withRuntime = (version: string, runtimeVersion: string) =>
  planned({ version, settings: { runtime: { ...runtime, version: runtimeVersion } } });
const dockerFor = (version: string) =>
  planned({ version, settings: { runtime: { ...runtime, name: 'docker', package: 'docker.io' } } });
const fromDocker = planned({
  settings: { runtime: { ...runtime, packages: { url: 'http://m', suite: null, components: [], key: null } } },
});
const attemptOn = (name: 'criDockerd' | 'runtimeSource', result: 'ok' | 'missing') =>
  reaching({ [name]: { result, target: 'http://m/', detail: '', ms: 1 } });
/** The versions of a package that the host's sources offer, the one that apt would install first. */
const offering = (name: string, ...versions: string[]) => reaching({ offers: { [name]: versions } });

export const sourceCases: Case[] = [
  ['package-source', 'down', reaching({ packageSource: came('refused') }), 'warning'],
  ['package-source', 'no answer', reaching({ packageSource: came('unknown') }), 'unknown'],
  ['key-expiry', 'the key has expired', signedBy({ expires: { day: '2024-11-02', inDays: -757 } }), 'error'],
  ['key-expiry', 'the key ends soon', signedBy({ expires: { day: '2026-12-29', inDays: 29 } }), 'warning'],
  ['key-expiry', 'the key lasts', signedBy({ expires: { day: '2028-12-29', inDays: 700 } }), 'ok'],
  ['key-expiry', 'the key never ends', signedBy({ expires: null }), 'ok'],
  ['key-expiry', 'unknown', reaching({ signed: null }), 'unknown'],
  [
    'source-signature',
    'refused by sqv',
    signedBy({ refusal: { weakness: 'v3', since: '2026-02-01' } }),
    'error',
    { seen: '2026-02-01' },
  ],
  ['source-signature', 'refused by every apt', signedBy({ refusal: { weakness: 'sha1', since: '' } }), 'error'],
  ['source-signature', 'by another key', signedBy({ isKnown: false }), 'warning'],
  ['source-signature', 'accepted', signedBy({}), 'ok'],
  ['source-signature', 'unknown', reaching({ signed: null }), 'unknown'],
  ['signing-key', 'missing', reaching({ signingKey: came('missing') }), 'warning', { assignment: keyByUrl }],
  ['signing-key', 'no answer', reaching({ signingKey: came('unknown') }), 'unknown', { assignment: keyByUrl }],
  [
    'package-version',
    'other versions only',
    reaching({ offeredVersions: ['1.23.1-00'] }),
    'error',
    { seen: '1.23.1-00' },
  ],
  ['package-version', 'another revision', {}, 'error', { assignment: pinned }],
  ['package-version', 'unreadable index', reaching({ offeredVersions: null }), 'unknown'],
  ['source-latency', '3 s', reaching({ packageSource: came('ok', 3000) }), 'warning'],
  ['source-latency', 'no answer', reaching({ packageSource: came('unknown') }), 'unknown'],
  ['registry', 'down', reaching({ registry: came('refused') }), 'warning'],
  ['registry', 'no answer', reaching({ registry: came('unknown') }), 'unknown'],
  ['registry-certificate', 'a private CA', reaching({ registry: came('untrusted') }), 'error'],
  ['registry-certificate', 'no answer', reaching({ registry: came('unknown') }), 'unknown'],
  ['registry-plain-http', 'no TLS', reaching({ registry: came('plain-http') }), 'error'],
  ['registry-plain-http', 'no answer', reaching({ registry: came('unknown') }), 'unknown'],
  ['registry-image', 'missing image', reaching({ pauseImage: came('missing') }), 'error'],
  ['registry-image', 'refuses the request', reaching({ pauseImage: came('failed') }), 'warning'],
  ['registry-image', 'no answer', reaching({ pauseImage: came('unknown') }), 'unknown'],
  ['registry-mirrors', 'one is down', reaching({ mirrors: [came('ok'), came('refused')] }), 'warning'],
  ['registry-mirrors', 'one does not answer', reaching({ mirrors: [came('ok'), came('unknown')] }), 'unknown'],
  ['plugin-manifest', 'missing', reaching({ pluginManifest: came('missing') }), 'warning', { assignment: byUrl }],
  ['plugin-manifest', 'no answer', reaching({ pluginManifest: came('unknown') }), 'unknown', { assignment: byUrl }],
  [
    'runtime-offered',
    'the planned version is not there',
    offering('containerd', '2.1.4~ds2-8'),
    'warning',
    { assignment: withRuntime('1.22.17', '1.7') },
  ],
  ['cri-dockerd', 'missing', attemptOn('criDockerd', 'missing'), 'warning', { assignment: dockerFor('1.24.0') }],
  ['cri-dockerd', 'available', attemptOn('criDockerd', 'ok'), 'ok', { assignment: dockerFor('1.24.0') }],
  ['cri-dockerd', 'unknown', {}, 'unknown', { assignment: dockerFor('1.24.0') }],
  ['runtime-offered', 'the planned version is there', {}, 'ok'],
  ['runtime-offered', 'no index has been read', reaching({ offers: {} }), 'unknown'],
  [
    'cri-tools-version',
    'only 1.26, and containerd 1.4',
    reaching({ offers: { containerd: ['1.4.13~ds1-1'], 'cri-tools': ['1.26.0-00'] } }),
    'error',
    { seen: 'cri-tools 1.26.0-00' },
  ],
  [
    'cri-tools-version',
    '1.25 beside 1.26, and containerd 1.4',
    reaching({ offers: { containerd: ['1.4.13~ds1-1'], 'cri-tools': ['1.26.0-00', '1.25.0-00'] } }),
    'ok',
  ],
  [
    'cri-tools-version',
    'none for containerd 2',
    reaching({ offers: { containerd: ['2.1.4'], 'cri-tools': ['1.22.0-00'] } }),
    'error',
  ],
  ['cri-tools-version', 'any, and containerd 1.6', {}, 'ok'],
  [
    'runtime-source',
    'missing',
    reaching({ runtimeSource: { result: 'missing', target: 'http://m/', detail: 'HTTP 404', ms: 1 } }),
    'warning',
    { assignment: fromDocker },
  ],
  [
    'runtime-source',
    'reachable',
    reaching({ runtimeSource: { result: 'ok', target: 'http://m/', detail: '', ms: 1 } }),
    'ok',
    { assignment: fromDocker },
  ],
  ['runtime-source', 'unknown', {}, 'unknown', { assignment: fromDocker }],
];
