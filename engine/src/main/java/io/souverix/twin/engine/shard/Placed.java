package io.souverix.twin.engine.shard;

import io.souverix.twin.core.fleet.Dimension;
import io.souverix.twin.core.fleet.FleetSums.Place;
import io.souverix.twin.core.twin.Identity;
import io.souverix.twin.engine.past.Membership;
import java.util.ArrayList;
import java.util.List;

/// Where nodes of a placement ([Identity#placement]) count: in all groups they belong to.
record Placed(Identity placement, List<Place> places) {
    Placed {
        places = List.copyOf(places);
    }

    static Placed of(Identity placement) {
        List<Place> places = new ArrayList<>();
        for (Dimension dimension : Dimension.values()) {
            for (String group : Membership.of(placement, dimension)) {
                places.add(new Place(dimension, group));
            }
        }
        return new Placed(placement, places);
    }
}
