import type { Command } from 'commander';
import { type Cli, examples, group, socketOption } from '../help.ts';

export function addMetrics(program: Command, cli: Cli): void {
  const { io, say } = cli;
  const metrics = group(program, cli, 'metrics', {
    en: 'Print metrics; manage the scrape token',
    zh: '打印指标；管理抓取令牌',
  });
  metrics
    .command('show')
    .description(say({ en: 'Print the metrics in Prometheus format', zh: '以 Prometheus 格式打印指标' }))
    .addOption(socketOption(cli))
    .action(async (options) => (await import('../handlers/metrics.ts')).showMetrics(io, options));
  metrics
    .command('token')
    .description(
      say({
        en: 'Create the scrape token of /metrics; the previous token stops working',
        zh: '创建 /metrics 的抓取令牌；之前的令牌失效',
      }),
    )
    .addOption(socketOption(cli))
    .addHelpText(
      'after',
      examples(cli, [
        'muster metrics token > /etc/prometheus/muster.token',
        { en: 'Write the token to a file', zh: '将令牌写入文件' },
      ]),
    )
    .action(async (options) => (await import('../handlers/metrics.ts')).createMetricsToken(io, options));
}
