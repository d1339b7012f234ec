import type { ProjectDrops } from '@/lib/analytics/drop-schema';
import { ShortNumber } from '../ui/short-number';
import { Cell, HeaderCell, Row, Table, TableHeader } from '../ui/table';

const BY = { sdk: 'SDK', errata: 'Errata' } as const;
const words = (name: string): string => name.replaceAll('_', ' ');

/** What did not become an event, who threw it away and why. */
export function ProjectDropsTable({ drops }: { drops: ProjectDrops }) {
  if (drops.items.length === 0) return <p className="text-muted text-sm">Nothing in the last {drops.days} days.</p>;
  return (
    <Table>
      <TableHeader>
        <HeaderCell>Dropped by</HeaderCell>
        <HeaderCell>What</HeaderCell>
        <HeaderCell className="w-full">Why</HeaderCell>
        <HeaderCell align="right">In {drops.days} days</HeaderCell>
      </TableHeader>
      <tbody>
        {drops.items.map(({ source, reason, category, count }) => (
          <Row key={`${source} ${reason} ${category}`}>
            <Cell className="whitespace-nowrap">{BY[source]}</Cell>
            <Cell className="whitespace-nowrap text-muted">{words(category)}</Cell>
            <Cell className="text-muted">{words(reason)}</Cell>
            <Cell align="right" className="tabular-nums">
              <ShortNumber value={count} />
            </Cell>
          </Row>
        ))}
      </tbody>
    </Table>
  );
}
