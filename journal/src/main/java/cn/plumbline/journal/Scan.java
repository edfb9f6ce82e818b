package cn.plumbline.journal;

import java.util.List;

/** Goes through the candidates of an index. For one thread. */
abstract class Scan {

    /** What {@link #next()} answers after the last candidate. */
    static final int END = Integer.MAX_VALUE;

    static final Scan NOTHING = new Scan() {
        @Override
        int next() {
            return END;
        }
    };

    /** Tells whether a position stays. */
    @FunctionalInterface
    interface Filter {
        boolean keeps(int position);
    }

    /** The next candidate, above the one before; {@link #END} after the last. */
    abstract int next();

    static Scan anyOf(List<Scan> scans) {
        return switch (scans.size()) {
            case 0 -> NOTHING;
            case 1 -> scans.getFirst();
            default -> new Union(scans.toArray(Scan[]::new));
        };
    }

    /** Every position. */
    static final class All extends Scan {
        private final int upTo;
        private int position;

        All(int after, int upTo) {
            this.position = after;
            this.upTo = upTo;
        }

        @Override
        int next() {
            return position < upTo ? ++position : END;
        }
    }

    /** The positions of one list that are in all others and that the filter keeps. */
    static final class Intersection extends Scan {
        private final Positions driver;
        private final Positions[] others;
        private final Filter filter;
        private final int upTo;
        private final int size;
        private int index;

        Intersection(Positions driver, Positions[] others, Filter filter, int after, int upTo) {
            this.driver = driver;
            this.others = others;
            this.filter = filter;
            this.upTo = upTo;
            index = driver.indexAfter(after);
            size = driver.size();
        }

        @Override
        int next() {
            while (index < size) {
                int position = driver.get(index++);
                if (position > upTo) {
                    index = size;
                } else if (filter.keeps(position) && isInOthers(position)) {
                    return position;
                }
            }
            return END;
        }

        private boolean isInOthers(int position) {
            for (Positions other : others) {
                if (!other.contains(position)) {
                    return false;
                }
            }
            return true;
        }
    }

    /** The positions of any of several scans, each once. */
    private static final class Union extends Scan {
        private final Scan[] scans;
        private final int[] heads;

        Union(Scan[] scans) {
            this.scans = scans;
            heads = new int[scans.length];
            for (int i = 0; i < scans.length; i++) {
                heads[i] = scans[i].next();
            }
        }

        @Override
        int next() {
            int least = END;
            for (int head : heads) {
                least = Math.min(least, head);
            }
            if (least == END) {
                return END;
            }
            for (int i = 0; i < heads.length; i++) {
                if (heads[i] == least) {
                    heads[i] = scans[i].next();
                }
            }
            return least;
        }
    }
}
