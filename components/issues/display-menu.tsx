'use client';

import { SlidersHorizontal } from 'lucide-react';
import { Button } from '../ui/button';
import { Menu, MenuCheckItem, MenuLabel, MenuRadioGroup, MenuRadioItem, MenuSeparator } from '../ui/dropdown-menu';
import { COLUMN_LABELS, COLUMNS, type Column, SORT_LABELS, SORTS, type Sort } from './issue-list-state';

export interface DisplayMenuProps {
  sort: Sort;
  onSort: (sort: Sort) => void;
  columns: readonly Column[];
  onColumns: (columns: Column[]) => void;
}

/** In which order the issues stand, and what is told of each. Both are part of the address. */
export function DisplayMenu({ sort, onSort, columns, onColumns }: DisplayMenuProps) {
  const toggle = (column: Column) => onColumns(COLUMNS.filter((each) => (each === column) !== columns.includes(each)));
  return (
    <Menu className="max-h-[70vh] overflow-y-auto" trigger={<Button icon={<SlidersHorizontal />}>Display</Button>}>
      <MenuLabel>Order, highest first</MenuLabel>
      <MenuRadioGroup value={sort} onValueChange={(value) => onSort(value as Sort)}>
        {SORTS.map((each) => (
          <MenuRadioItem key={each} value={each}>
            {SORT_LABELS[each]}
          </MenuRadioItem>
        ))}
      </MenuRadioGroup>
      <MenuSeparator />
      <MenuLabel>Columns</MenuLabel>
      {COLUMNS.map((column) => (
        <MenuCheckItem key={column} checked={columns.includes(column)} onCheckedChange={() => toggle(column)}>
          {COLUMN_LABELS[column]}
        </MenuCheckItem>
      ))}
    </Menu>
  );
}
