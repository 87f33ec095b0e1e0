/**
 * What makes a part or line something one can focus and hear: a group with a name, in the tab order when it is the
 * one that had the focus last (roving focus). The drawing as a whole is an application.
 */
export function thingProps(id: string, roleDescription: string, label: string, isFocus: boolean) {
  return {
    'data-thing': id,
    role: 'group',
    'aria-roledescription': roleDescription,
    'aria-label': label,
    tabIndex: isFocus ? 0 : -1,
  } as const;
}
