'use client';

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus } from 'lucide-react';
import { useState } from 'react';
import type { ApiTokenDto } from '@/lib/auth/user-schema';
import { api } from '@/lib/http/client';
import { Badge } from '../ui/badge';
import { Button } from '../ui/button';
import { useNow } from '../ui/clock';
import { ConfirmDialog } from '../ui/confirm-dialog';
import { EmptyState } from '../ui/empty-state';
import { RelativeTime } from '../ui/relative-time';
import { Cell, HeaderCell, Row, Table, TableHeader } from '../ui/table';
import { toastDone, toastError } from '../ui/toast';
import { tokensQuery } from './queries';
import { TokenDialog } from './token-dialog';

/** API tokens: for programs and the command line. */
export function TokensView({ initial }: { initial: ApiTokenDto[] }) {
  const { data } = useQuery({ ...tokensQuery, initialData: { data: initial } });
  const [creating, setCreating] = useState(false);
  const [revoking, setRevoking] = useState<ApiTokenDto | null>(null);
  const queryClient = useQueryClient();
  const revoke = useMutation({
    mutationFn: (token: ApiTokenDto) => api.delete(`/api/v1/tokens/${token.id}`),
    onSuccess: (_, token) => toastDone(`“${token.name}” is revoked`),
    onError: (error) => toastError(error, 'The token was not revoked'),
    onSettled: () => {
      setRevoking(null);
      return queryClient.invalidateQueries(tokensQuery);
    },
  });
  const create = (
    <Button variant="primary" icon={<Plus />} onClick={() => setCreating(true)}>
      New token
    </Button>
  );
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-4">
        <p className="text-muted">
          Programs and the command line use these. A token can do what its scopes say, nothing more.
        </p>
        {data.data.length > 0 ? create : null}
      </div>
      {data.data.length === 0 ? (
        <div className="rounded-md border border-line bg-surface">
          <EmptyState icon={<KeyRound />} action={create}>
            There is no token yet; scripts and <code className="font-mono">errata import</code> need one.
          </EmptyState>
        </div>
      ) : (
        <Table>
          <TableHeader>
            <HeaderCell>Token</HeaderCell>
            <HeaderCell>Scopes</HeaderCell>
            <HeaderCell className="hidden sm:table-cell">Last used</HeaderCell>
            <HeaderCell>Expires</HeaderCell>
            <HeaderCell>
              <span className="sr-only">Actions</span>
            </HeaderCell>
          </TableHeader>
          <tbody>
            {data.data.map((token) => (
              <TokenRow key={token.id} token={token} onRevoke={() => setRevoking(token)} />
            ))}
          </tbody>
        </Table>
      )}
      <TokenDialog open={creating} onOpenChange={setCreating} />
      <ConfirmDialog
        open={revoking !== null}
        onOpenChange={(open) => open || setRevoking(null)}
        title="Revoke token"
        description={`Whatever uses “${revoking?.name ?? ''}” is refused from now on. This cannot be undone.`}
        confirmLabel="Revoke token"
        typedName={revoking?.name}
        loading={revoke.isPending}
        onConfirm={() => revoking && revoke.mutate(revoking)}
      />
    </div>
  );
}

function TokenRow({ token, onRevoke }: { token: ApiTokenDto; onRevoke: () => void }) {
  const now = useNow();
  const expired = now !== null && token.expires_at !== null && Date.parse(token.expires_at) <= now;
  const over = token.revoked_at !== null || expired;
  return (
    <Row className={over ? 'text-faint' : undefined}>
      <Cell>
        <span className="font-medium">{token.name}</span>
        <code className="block font-mono text-faint text-xs sm:ml-2 sm:inline">{token.prefix}…</code>
      </Cell>
      <Cell>
        <span className="flex gap-1">
          {token.scopes.map((scope) => (
            <Badge key={scope} quiet>
              {scope}
            </Badge>
          ))}
        </span>
      </Cell>
      <Cell className="hidden whitespace-nowrap text-muted sm:table-cell">
        <RelativeTime value={token.last_used_at} none="never" />
      </Cell>
      <Cell className="whitespace-nowrap text-muted">
        {token.revoked_at ? (
          <Badge>revoked</Badge>
        ) : expired ? (
          <Badge>expired</Badge>
        ) : (
          <RelativeTime value={token.expires_at} none="never" />
        )}
      </Cell>
      <Cell align="right">
        {over ? null : (
          <Button size="sm" variant="ghost" aria-label={`Revoke ${token.name}`} onClick={onRevoke}>
            Revoke
          </Button>
        )}
      </Cell>
    </Row>
  );
}
