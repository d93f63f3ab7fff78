import { Skeleton, VisuallyHidden } from "@mantine/core";

/** The shape of a panel while its values are on their way. */
export function PanelSkeleton() {
  return (
    <div aria-busy="true">
      <VisuallyHidden role="status">Loading the results</VisuallyHidden>
      {Array.from({ length: 6 }, (_, index) => `line-${index}`).map((key) => (
        <Skeleton key={key} height={12} my={20} animate={false} />
      ))}
    </div>
  );
}
