import Link from 'next/link';
import { Badge } from '../ui/badge';
import { listAddress } from './list-address';

/** Tags, each leading to the entries that share it. */
export function EntryTags({ tags }: { tags: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-1">
      {tags.map((tag) => (
        <Link key={tag} href={listAddress({}, { tag })} className="rounded-sm">
          <Badge quiet className="hover:bg-hover">
            {tag}
          </Badge>
        </Link>
      ))}
    </span>
  );
}
