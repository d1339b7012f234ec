import type { MissingMap } from '@/lib/source-maps/source-map-schema';
import { CopyButton } from '../ui/copy-button';

function uploadCommand({ release }: MissingMap): string {
  return `errata sourcemaps upload${release ? ` --release ${release}` : ''} dist/`;
}

/** Why frames are shown minified, and what to do so that they are not. */
export function MissingSourceMaps({ missing }: { missing: readonly MissingMap[] }) {
  const [first] = missing;
  if (!first) return null;
  const isUnknown = first.release === null && first.debug_id === null;
  return (
    <details className="mb-3 rounded-md border border-line bg-sunken px-3 py-2 text-xs">
      <summary className="cursor-pointer text-muted">
        {missing.length === 1 ? 'A minified script has' : `${missing.length} minified scripts have`} no source map
        {first.release ? (
          <>
            {' for release '}
            <code className="font-mono">{first.release}</code>
          </>
        ) : null}
      </summary>
      <ul className="mt-2 flex flex-col gap-1">
        {missing.map(({ url, debug_id }) => (
          <li key={`${url} ${debug_id}`} className="break-all font-mono text-2xs">
            {url}
            {debug_id ? <span className="text-faint"> debug id {debug_id}</span> : null}
          </li>
        ))}
      </ul>
      {isUnknown ? (
        <p className="mt-2 text-muted">
          The event names neither a release nor a debug id, so no map could be found. Tell the SDK the release, or let
          your bundler’s plugin put debug ids into the scripts.
        </p>
      ) : (
        <>
          <p className="mt-2 text-muted">Upload the maps of this build, and the stack is shown as it was written:</p>
          <p className="mt-1 flex items-center gap-1">
            <code className="min-w-0 break-all font-mono text-2xs">{uploadCommand(first)}</code>
            <CopyButton text={uploadCommand(first)} label="Copy the command" />
          </p>
        </>
      )}
    </details>
  );
}
