import { hostFiles } from './content/files.ts';
import { defineStep } from './definition.ts';

export const journal = defineStep({
  id: 'journal',
  title: { en: 'Limit the size of the journal', zh: '限制系统日志的大小' },
  activity: { en: 'limiting the journal', zh: '限制日志大小' },
  bootstrap: 'all',
  part: 'prepare',
  changes: ({ settings }) => [
    { kind: 'journal-limit', path: hostFiles.journal, maxUse: settings.preparation.journalMaxUse },
    { kind: 'command', argv: ['systemctl', 'try-restart', 'systemd-journald'] },
  ],
});
