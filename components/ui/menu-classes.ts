/** The look shared by every floating list: menus, selects, the palette. */
export const floatingClasses =
  'z-50 animate-appear overflow-hidden rounded-md bg-raised p-1 text-sm text-fg shadow-float outline-none';

export const menuItemClasses =
  "relative flex min-h-8 select-none items-center gap-2 rounded-sm px-2 py-1 outline-none data-disabled:opacity-50 data-highlighted:bg-highlight [&_svg:not([class*='size-'])]:size-4 [&_svg:not([class*='text-'])]:text-faint";
