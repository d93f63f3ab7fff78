import { Skeleton, VisuallyHidden } from "@mantine/core";

/** The shape of a screen with a title and a table, while the page itself is on its way. */
export function PageSkeleton() {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading</VisuallyHidden>
      <Skeleton height={20} width={180} my={6} animate={false} />
      {Array.from({ length: 12 }, (_, index) => `line-${index}`).map((key) => (
        <Skeleton key={key} height={12} mt={20} animate={false} />
      ))}
    </div>
  );
}
