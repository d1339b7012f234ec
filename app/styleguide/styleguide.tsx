'use client';

import { Check, CircleAlert, Ellipsis, Plus, Search, Trash2 } from 'lucide-react';
import { useTheme } from 'next-themes';
import { type ReactNode, useState } from 'react';
import { BarList } from '@/components/charts/bar-list';
import { Sparkline } from '@/components/charts/sparkline';
import { TimeSeries } from '@/components/charts/time-series';
import { Alert } from '@/components/ui/alert';
import { Avatar } from '@/components/ui/avatar';
import { Badge, TONES } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Card, CardBody, SectionHeader } from '@/components/ui/card';
import { Checkbox } from '@/components/ui/checkbox';
import { ClockProvider } from '@/components/ui/clock';
import { CodeBlock } from '@/components/ui/code-block';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { CopyButton } from '@/components/ui/copy-button';
import { DefinitionList } from '@/components/ui/definition-list';
import { Dialog } from '@/components/ui/dialog';
import { Menu, MenuItem, MenuSeparator } from '@/components/ui/dropdown-menu';
import { Duration } from '@/components/ui/duration';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Field } from '@/components/ui/field';
import { IconButton } from '@/components/ui/icon-button';
import { Input } from '@/components/ui/input';
import { Kbd } from '@/components/ui/kbd';
import { Markdown } from '@/components/ui/markdown';
import { Page, PageHeader } from '@/components/ui/page';
import { Popover } from '@/components/ui/popover';
import { Progress } from '@/components/ui/progress';
import { RadioGroup } from '@/components/ui/radio-group';
import { RelativeTime } from '@/components/ui/relative-time';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { Sheet } from '@/components/ui/sheet';
import { ShortNumber } from '@/components/ui/short-number';
import { SkeletonRows } from '@/components/ui/skeleton';
import { Stat, StatRow } from '@/components/ui/stat';
import { Switch } from '@/components/ui/switch';
import { Cell, HeaderCell, Row, SortHeaderCell, Table, TableHeader } from '@/components/ui/table';
import { TabPanel, Tabs } from '@/components/ui/tabs';
import { Textarea } from '@/components/ui/textarea';
import { toastDone, toastError, toastUndo } from '@/components/ui/toast';
import { Tooltip } from '@/components/ui/tooltip';
import { before, code, levels, markdown, markers, rate, services, times } from './samples';

const GROUNDS = ['canvas', 'surface', 'raised', 'sunken', 'hover', 'selected', 'accent', 'accent-soft'];
const noAction = () => {};

export function Styleguide({ renderedAt }: { renderedAt: number }) {
  const { setTheme } = useTheme();
  return (
    <ClockProvider renderedAt={renderedAt}>
      <main>
        <Page>
          <PageHeader
            title="Styleguide"
            description="Every primitive, in the theme chosen here."
            actions={
              <>
                <Button onClick={() => setTheme('light')}>Light</Button>
                <Button onClick={() => setTheme('dark')}>Dark</Button>
              </>
            }
          />
          <div className="flex min-w-0 flex-col gap-8 *:min-w-0">
            <Colours />
            <Type />
            <Actions />
            <Forms />
            <States />
            <Figures renderedAt={renderedAt} />
            <Tables renderedAt={renderedAt} />
            <Text />
          </div>
        </Page>
      </main>
    </ClockProvider>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="mb-3 border-line border-b pb-1.5 font-semibold text-base">{title}</h2>
      {children}
    </section>
  );
}

const Line = ({ children }: { children: ReactNode }) => (
  <div className="flex flex-wrap items-center gap-2 py-1.5">{children}</div>
);

function Colours() {
  return (
    <Part title="Colour">
      <div className="grid grid-cols-2 gap-3 sm:grid-cols-4 lg:grid-cols-8">
        {GROUNDS.map((name) => (
          <div key={name}>
            <div className="h-10 rounded-md border border-line" style={{ background: `var(--${name})` }} />
            <p className="mt-1 text-faint text-xs">{name}</p>
          </div>
        ))}
      </div>
      <Line>
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone} icon={<CircleAlert aria-hidden />}>
            {tone}
          </Badge>
        ))}
        {TONES.map((tone) => (
          <Badge key={tone} tone={tone} quiet dot>
            {tone}
          </Badge>
        ))}
      </Line>
      <Line>
        {[1, 2, 3, 4, 5, 6, 7, 'other'].map((slot) => (
          <span
            key={slot}
            className="size-6 rounded-md"
            style={{ background: `var(--chart-${slot})` }}
            title={`chart-${slot}`}
          />
        ))}
      </Line>
    </Part>
  );
}

function Type() {
  return (
    <Part title="Type">
      <p className="font-semibold text-xl">24 Title of a report</p>
      <p className="font-semibold text-lg">18 Title of a page</p>
      <p className="font-semibold text-base">15 Title of a dialog</p>
      <p>13 Body. The error text and the fix are the loudest things on a page.</p>
      <p className="text-muted text-xs">12 Secondary</p>
      <p className="text-2xs text-faint">11 Label</p>
      <p className="font-mono text-xs">
        OSError: [E050] Can't find model <span className="text-faint">'zh_core_web_sm'</span> != null =&gt; 0O1lI
      </p>
    </Part>
  );
}

function Actions() {
  const [dialog, setDialog] = useState(false);
  const [confirm, setConfirm] = useState(false);
  const [sheet, setSheet] = useState(false);
  return (
    <Part title="Actions">
      <Line>
        <Button variant="primary" icon={<Check />}>
          Accept fix
        </Button>
        <Button>Edit</Button>
        <Button variant="ghost">Skip</Button>
        <Button variant="danger" icon={<Trash2 />}>
          Delete project
        </Button>
        <Button variant="primary" loading>
          Saving
        </Button>
        <Button disabled>Not now</Button>
        <Button size="sm">Small</Button>
        <Button size="lg">Large</Button>
        <IconButton label="Add" icon={<Plus />} shortcut={['n']} />
        <IconButton label="Add" icon={<Plus />} variant="secondary" />
        <CopyButton text="x" />
        <CopyButton text="x" showLabel label="Copy DSN" />
      </Line>
      <Line>
        <Menu trigger={<IconButton label="More" icon={<Ellipsis />} variant="secondary" />}>
          <MenuItem icon={<Check />} shortcut="e">
            Mark resolved
          </MenuItem>
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} danger>
            Delete
          </MenuItem>
        </Menu>
        <Popover trigger={<Button>Popover</Button>}>A few controls.</Popover>
        <Tooltip content="Says a little more" shortcut={['⌘', 'K']}>
          <Button>Tooltip</Button>
        </Tooltip>
        <Button onClick={() => setDialog(true)}>Dialog</Button>
        <Button onClick={() => setConfirm(true)}>Confirm</Button>
        <Button onClick={() => setSheet(true)}>Sheet</Button>
        <Button onClick={() => toastUndo('3 issues resolved', noAction)}>Toast with undo</Button>
        <Button onClick={() => toastDone('Saved')}>Toast</Button>
        <Button onClick={() => toastError(new Error('The name is taken.'))}>Error toast</Button>
        <Kbd>Esc</Kbd>
      </Line>
      <Dialog
        open={dialog}
        onOpenChange={setDialog}
        title="Merge issues"
        description="The events of both stand in one issue from now on."
        footer={<Button variant="primary">Merge</Button>}
      >
        <Field label="Into">
          <Input defaultValue="API-42" />
        </Field>
      </Dialog>
      <ConfirmDialog
        open={confirm}
        onOpenChange={setConfirm}
        title="Delete project"
        description="All its events and issues are lost."
        confirmLabel="Delete project"
        typedName="shop"
        onConfirm={() => setConfirm(false)}
      />
      <Sheet open={sheet} onOpenChange={setSheet} title="Details">
        <div className="p-4">What the list has no room for.</div>
      </Sheet>
    </Part>
  );
}

function Forms() {
  const [segment, setSegment] = useState('week');
  const [tab, setTab] = useState('events');
  return (
    <Part title="Forms">
      <div className="grid gap-6 sm:grid-cols-2 lg:grid-cols-3">
        <Field label="Name" hint="Shown to everybody.">
          <Input placeholder="Web shop" />
        </Field>
        <Field label="Slug" error="expected lower-case letters, digits and dashes">
          <Input defaultValue="Web shop" />
        </Field>
        <Field label="Search" optional>
          <Input leading={<Search />} trailing={<Kbd>/</Kbd>} placeholder="is:unresolved" />
        </Field>
        <Field label="Severity">
          <Select
            options={[
              { value: 'high', label: 'High' },
              { value: 'low', label: 'Low', description: 'Nobody is waiting.' },
            ]}
          />
        </Field>
        <Field label="Symptoms">
          <Textarea mono defaultValue={'OSError: [E050]'} />
        </Field>
        <RadioGroup
          aria-label="Mute"
          defaultValue="ever"
          options={[
            { value: 'ever', label: 'For ever' },
            { value: 'more', label: 'Until it escalates', hint: 'Rate above its forecast.' },
          ]}
        />
        <div className="flex flex-col gap-2">
          <Checkbox label="Only unresolved" defaultChecked />
          <Checkbox label="Some of them" checked="indeterminate" />
          <Switch label="Key is on" defaultChecked />
          <Switch label="Key is off" />
        </div>
        <div>
          <Segmented
            label="Range"
            value={segment}
            onValueChange={setSegment}
            options={[
              { value: 'day', label: '24 h' },
              { value: 'week', label: '7 d' },
              { value: 'month', label: '30 d' },
            ]}
          />
        </div>
        <Tabs
          label="Issue"
          value={tab}
          onValueChange={setTab}
          items={[
            { value: 'events', label: 'Events', count: 312 },
            { value: 'activity', label: 'Activity' },
          ]}
        >
          <TabPanel value="events">Events</TabPanel>
          <TabPanel value="activity">Activity</TabPanel>
        </Tabs>
      </div>
    </Part>
  );
}

function States() {
  return (
    <Part title="States">
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
        <Card>
          <EmptyState icon={<CircleAlert />} action={<Button>Show snippets</Button>}>
            No errors yet. Send the first one.
          </EmptyState>
        </Card>
        <Card>
          <ErrorState
            title="The issues could not be loaded"
            why="The database did not answer in time."
            onRetry={noAction}
          />
        </Card>
        <Card>
          <SkeletonRows rows={4} />
        </Card>
      </div>
      <div className="mt-3 grid gap-2 sm:grid-cols-2">
        <Alert tone="critical">The project was not saved. The slug is taken; choose another.</Alert>
        <Alert tone="warning">It is shown only now.</Alert>
        <Alert>Somebody edited this entry while you did.</Alert>
        <Alert tone="success">The fix held.</Alert>
      </div>
      <div className="mt-4 flex max-w-sm flex-col gap-3">
        <Progress label="Import" value={0.4} />
        <Progress label="Waiting" value={null} />
      </div>
    </Part>
  );
}

function Figures({ renderedAt }: { renderedAt: number }) {
  return (
    <Part title="Figures">
      <div className="flex flex-col gap-4">
        <StatRow>
          <Stat label="Events" value={12_431} before={10_022} better="lower" />
          <Stat label="New issues" value={14} before={21} better="lower" />
          <Stat label="Verified resolution rate" value={0.68} before={0.61} better="higher" ratio />
          <Stat
            label="Median time to resolve"
            value={<Duration ms={11_520_000} />}
            current={11_520_000}
            before={11_520_000}
            better="lower"
          />
          <Stat label="Knowledge coverage" value={0.42} ratio href="#coverage" />
        </StatRow>
        <div className="grid grid-cols-1 gap-4 lg:grid-cols-3">
          <Card className="lg:col-span-2">
            <TimeSeries
              title="Events"
              description="By level, every 3 hours"
              times={times}
              series={levels}
              previous={before}
              markers={markers}
              onRange={(from, to) => toastDone('Range chosen', `${from.toISOString()} – ${to.toISOString()}`)}
            />
          </Card>
          <Card>
            <BarList
              title="Top services"
              nameLabel="Service"
              valueLabel="Events"
              height={232}
              items={[
                { key: 'a', label: 'event-store', value: 8214, href: '#a' },
                { key: 'b', label: 'orders', value: 3120, href: '#b' },
                { key: 'c', label: 'billing', value: 944 },
                { key: 'd', label: 'web', value: 153 },
              ]}
            />
          </Card>
          <Card className="lg:col-span-2">
            <TimeSeries title="By service" times={times} series={services} kind="area" />
          </Card>
          <Card>
            <TimeSeries title="Resolution rate" times={times} series={rate} kind="line" unit="ratio" />
          </Card>
        </div>
        <Line>
          <RelativeTime value={new Date(renderedAt - 240_000)} />
          <ShortNumber value={12_431} />
          <Duration ms={11_520_000} />
          <Avatar name="Ada Lovelace" />
          <Sparkline label="Events" values={[1, 4, 2, 0, 0, 8, 12, 6, 3, 9, 14, 2]} />
          <Sparkline label="Events" kind="line" values={[1, 4, 2, 0, 0, 8, 12, 6, 3, 9, 14, 2]} color="var(--accent)" />
        </Line>
      </div>
    </Part>
  );
}

function Tables({ renderedAt }: { renderedAt: number }) {
  const rows = [
    { id: 'EVENT-STORE-42', text: "OSError: [E050] Can't find model", tone: 'critical', word: 'regressed', count: 312 },
    {
      id: 'ORDERS-7',
      text: 'TimeoutError: pool exhausted after 30 s',
      tone: 'neutral',
      word: 'ongoing',
      count: 12_431,
    },
    {
      id: 'WEB-12',
      text: "TypeError: undefined is not an object (evaluating 'cart.items')",
      tone: 'success',
      word: 'resolved',
      count: 9,
    },
  ] as const;
  return (
    <Part title="Tables">
      <Table>
        <TableHeader>
          <HeaderCell className="w-8">
            <Checkbox aria-label="Select all" />
          </HeaderCell>
          <HeaderCell>Issue</HeaderCell>
          <HeaderCell>State</HeaderCell>
          <HeaderCell>Trend</HeaderCell>
          <SortHeaderCell align="right" direction="desc" onSort={noAction}>
            Events
          </SortHeaderCell>
          <SortHeaderCell align="right" direction={null} onSort={noAction}>
            Last seen
          </SortHeaderCell>
        </TableHeader>
        <tbody>
          {rows.map((row, index) => (
            <Row key={row.id} selected={index === 1} active={index === 0}>
              <Cell>
                <Checkbox aria-label={`Select ${row.id}`} checked={index === 1} />
              </Cell>
              <Cell>
                <span className="font-mono text-xs">{row.text}</span>
                <span className="ml-2 text-faint text-xs">{row.id}</span>
              </Cell>
              <Cell>
                <Badge tone={row.tone}>{row.word}</Badge>
              </Cell>
              <Cell>
                <Sparkline label="Events" values={[3, 1, 4, 1, 5, 9, 2, 6, 5, 3, 5, 8]} />
              </Cell>
              <Cell align="right">
                <ShortNumber value={row.count} />
              </Cell>
              <Cell align="right" className="text-muted">
                <RelativeTime value={new Date(renderedAt - (index + 1) * 3_600_000)} />
              </Cell>
            </Row>
          ))}
        </tbody>
      </Table>
    </Part>
  );
}

function Text() {
  return (
    <Part title="Text">
      <div className="grid grid-cols-1 gap-4 lg:grid-cols-2">
        <div className="flex min-w-0 flex-col gap-4">
          <CodeBlock code={code} language="python" title="app/models.py" lineNumbers firstLine={41} />
          <Card>
            <SectionHeader title="Event" meta="14:02:07" />
            <CardBody>
              <DefinitionList
                items={[
                  { term: 'Service', value: 'event-store' },
                  { term: 'Release', value: <code className="font-mono">1.4.1</code> },
                  { term: 'Empty', value: null },
                ]}
              />
            </CardBody>
          </Card>
        </div>
        <Card>
          <SectionHeader title="ERROR-007" />
          <CardBody>
            <Markdown>{markdown}</Markdown>
          </CardBody>
        </Card>
      </div>
    </Part>
  );
}
