package io.souverix.twin.core.graph;

import io.souverix.twin.core.event.LinkHealth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The graph of the fleet at an instant: a function of the nodes put into it, in whatever order.
///
/// Every id that is a node, or was ever named as a target, has a number; edges stand as numbers in
/// rows, both ways ([Rows]), so that walks touch nothing else. Edges of a decommissioned node are in
/// the rows and passed over. A target that is no node is *dangling*: shown, and nothing is reached
/// through it. Not thread-safe: one thread puts while nobody reads.
public final class FleetGraph {
    private static final int INITIAL = 16;
    private static final byte UNKNOWN = 0;
    private static final byte TWIN = 1;
    private static final byte HIDDEN = 2;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> ids = new ArrayList<>();
    private final Map<String, Integer> typeNumbers = new HashMap<>();
    private final List<String> types = new ArrayList<>();
    private final Rows out = new Rows();
    private final Rows in = new Rows();
    private @Nullable GraphNode[] nodes = new @Nullable GraphNode[INITIAL];
    private byte[] kinds = new byte[INITIAL];
    private boolean[] downs = new boolean[INITIAL];
    private int[] sorted = {};

    /// Puts a node, or what has become of it. Call [#settle()] after the last of several.
    public void put(GraphNode node) {
        int number = number(node.id());
        GraphNode before = nodes[number];
        List<Edge> old = before == null ? List.of() : before.edges();
        nodes[number] = node;
        kinds[number] = node.decommissioned() ? HIDDEN : TWIN;
        downs[number] = node.health() == LinkHealth.DOWN;
        if (!sameTargets(old, node.edges())) {
            link(number, old, node.edges());
        }
    }

    private static boolean sameTargets(List<Edge> a, List<Edge> b) {
        if (a.size() != b.size()) {
            return false;
        }
        for (int i = 0; i < a.size(); i++) {
            if (Edge.BY_TYPE_AND_TARGET.compare(a.get(i), b.get(i)) != 0
                    || isDown(a.get(i)) != isDown(b.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// Makes the row of outgoing edges anew, one after the other as they stand in the list, and takes
    /// what ended out of the rows of its targets. Both lists are sorted.
    private void link(int from, List<Edge> old, List<Edge> now) {
        int[] before = out.row(from);
        int[] row = new int[1 + 2 * now.size()];
        row[0] = now.size();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            int order =
                    i == old.size()
                            ? 1
                            : j == now.size()
                                    ? -1
                                    : Edge.BY_TYPE_AND_TARGET.compare(old.get(i), now.get(j));
            int target = order <= 0 ? before[1 + 2 * i] : number(now.get(j).to());
            boolean same = order == 0 && isDown(old.get(i)) == isDown(now.get(j));
            if (order <= 0) {
                if (!same) {
                    in.remove(target, from, before[2 + 2 * i]);
                }
                i++;
            }
            if (order >= 0) {
                row[1 + 2 * j] = target;
                row[2 + 2 * j] = kind(now.get(j));
                if (!same) {
                    in.add(target, from, row[2 + 2 * j]);
                }
                j++;
            }
        }
        out.set(from, row);
    }

    private static boolean isDown(Edge edge) {
        return edge.health() == LinkHealth.DOWN;
    }

    /// The number of an edge's type, doubled, and 1 more where it was reported down.
    private int kind(Edge edge) {
        return 2 * type(edge.type()) + (isDown(edge) ? 1 : 0);
    }

    private int number(String id) {
        Integer known = numbers.get(id);
        if (known != null) {
            return known;
        }
        int number = ids.size();
        numbers.put(id, number);
        ids.add(id);
        if (number == nodes.length) {
            int length = number + (number >> 1);
            nodes = Arrays.copyOf(nodes, length);
            kinds = Arrays.copyOf(kinds, length);
            downs = Arrays.copyOf(downs, length);
        }
        out.grow(number + 1);
        in.grow(number + 1);
        return number;
    }

    private int type(String type) {
        Integer known = typeNumbers.get(type);
        if (known != null) {
            return known;
        }
        typeNumbers.put(type, types.size());
        types.add(type);
        return types.size() - 1;
    }

    /// Puts the numbers in the order of their ids.
    public void settle() {
        int known = sorted.length;
        if (known == ids.size()) {
            return;
        }
        Comparator<Integer> byId = Comparator.comparing(ids::get);
        Integer[] fresh = new Integer[ids.size() - known];
        Arrays.setAll(fresh, i -> known + i);
        Arrays.sort(fresh, byId);
        int[] merged = new int[ids.size()];
        int i = 0;
        int j = 0;
        for (int at = 0; at < merged.length; at++) {
            boolean takesOld =
                    j == fresh.length || (i < known && byId.compare(sorted[i], fresh[j]) < 0);
            merged[at] = takesOld ? sorted[i++] : fresh[j++];
        }
        sorted = merged;
    }

    /// How many numbers are given out: the bound of all of them.
    public int numbers() {
        return ids.size();
    }

    /// The number of an id, or -1 where it is neither a node nor dangling.
    public int find(String id) {
        Integer number = numbers.get(id);
        return number == null || !exists(number) ? -1 : number;
    }

    /// Whether the number is of a node, decommissioned or not, or of a dangling target.
    boolean exists(int number) {
        return kinds[number] != UNKNOWN || isDangling(number);
    }

    /// Whether something that is shown has an edge to this, which is no node.
    boolean isDangling(int number) {
        if (kinds[number] != UNKNOWN) {
            return false;
        }
        int[] row = in.row(number);
        for (int i = 0; i < row[0]; i++) {
            if (kinds[row[1 + 2 * i]] == TWIN) {
                return true;
            }
        }
        return false;
    }

    /// Whether the number is of a node that is not decommissioned.
    boolean isTwin(int number) {
        return kinds[number] == TWIN;
    }

    boolean isDecommissioned(int number) {
        return kinds[number] == HIDDEN;
    }

    /// Whether the node itself is down, and so every edge at it.
    boolean isDown(int number) {
        return downs[number];
    }

    public String id(int number) {
        return ids.get(number);
    }

    /// The node of a number, or null where it is none.
    public @Nullable GraphNode node(int number) {
        return nodes[number];
    }

    /// Whether a walk follows an edge of a row.
    ///
    /// @param wanted as of [#wanted]
    boolean follows(int kind, int end, boolean @Nullable [] wanted, boolean usable) {
        return (wanted == null || wanted[kind >> 1])
                && kinds[end] != HIDDEN
                && !(usable && ((kind & 1) != 0 || downs[end]));
    }

    /// The numbers in the order of their ids, those included that nothing names any more.
    int[] sorted() {
        return sorted;
    }

    Rows out() {
        return out;
    }

    Rows in() {
        return in;
    }

    /// Which types of edges are meant, by their numbers; null where all are.
    ///
    /// @param names empty for all
    boolean @Nullable [] wanted(List<String> names) {
        if (names.isEmpty()) {
            return null;
        }
        boolean[] wanted = new boolean[types.size()];
        for (String name : names) {
            Integer type = typeNumbers.get(name);
            if (type != null) {
                wanted[type] = true;
            }
        }
        return wanted;
    }

    /// An edge that is shown.
    ///
    /// @param health the worst of what was reported and of its two ends; null where nothing is known
    /// @param crossing whether its ends are of two trust domains
    public record Link(
            String from, Edge edge, @Nullable LinkHealth health, boolean crossing, int target) {}

    /// The edges that start at a number and are shown, by type and target.
    public List<Link> links(int number) {
        GraphNode node = nodes[number];
        if (node == null || node.decommissioned()) {
            return List.of();
        }
        int[] row = out.row(number);
        List<Link> links = new ArrayList<>(row[0]);
        for (int i = 0; i < row[0]; i++) {
            int target = row[1 + 2 * i];
            if (kinds[target] != HIDDEN) {
                links.add(link(node, node.edges().get(i), target));
            }
        }
        return links;
    }

    private Link link(GraphNode node, Edge edge, int target) {
        GraphNode end = nodes[target];
        LinkHealth health = worst(worst(edge.health(), node.health()), health(end));
        return new Link(node.id(), edge, health, crosses(node, end), target);
    }

    private static @Nullable LinkHealth health(@Nullable GraphNode node) {
        return node == null ? null : node.health();
    }

    private static boolean crosses(GraphNode from, @Nullable GraphNode to) {
        return to != null
                && from.trustDomain() != null
                && to.trustDomain() != null
                && !from.trustDomain().equals(to.trustDomain());
    }

    private static @Nullable LinkHealth worst(@Nullable LinkHealth a, @Nullable LinkHealth b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return a.compareTo(b) >= 0 ? a : b;
    }
}
