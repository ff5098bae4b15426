package io.souverix.twin.core.event;

/// A state of a node in one of three dimensions, whose values share no member.
public sealed interface NodeState extends Worded
        permits ConnectivityState, LifecyclePhase, OperationalState {}
