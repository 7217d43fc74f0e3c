"""Steps of CartPole, MountainCar and Pendulum from Gymnasium's equations and constants. usage: python3 make.py"""
import json
import math
import random
from pathlib import Path


def cart_pole(state, action):
    x, x_dot, theta, theta_dot = state
    gravity, masscart, masspole, length, force_mag, tau = 9.8, 1.0, 0.1, 0.5, 10.0, 0.02
    total_mass, polemass_length = masspole + masscart, masspole * length
    force = force_mag if action == 1 else -force_mag
    costheta, sintheta = math.cos(theta), math.sin(theta)
    temp = (force + polemass_length * theta_dot * theta_dot * sintheta) / total_mass
    thetaacc = (gravity * sintheta - costheta * temp) / (length * (4.0 / 3.0 - masspole * costheta * costheta / total_mass))
    xacc = temp - polemass_length * thetaacc * costheta / total_mass
    new = [x + tau * x_dot, x_dot + tau * xacc, theta + tau * theta_dot, theta_dot + tau * thetaacc]
    return new, abs(new[0]) > 2.4 or abs(new[2]) > 12 * 2 * math.pi / 360


def mountain_car(state, action):
    position, velocity = state
    velocity += (action - 1) * 0.001 + math.cos(3 * position) * (-0.0025)
    velocity = min(max(velocity, -0.07), 0.07)
    position = min(max(position + velocity, -1.2), 0.6)
    if position == -1.2 and velocity < 0:
        velocity = 0
    return [position, velocity], position >= 0.5


def pendulum(state, torque):
    th, thdot = state
    g, m, length, dt = 10.0, 1.0, 1.0, 0.05
    normal = ((th + math.pi) % (2 * math.pi)) - math.pi
    cost = normal**2 + 0.1 * thdot**2 + 0.001 * torque**2
    thdot = thdot + (3 * g / (2 * length) * math.sin(th) + 3.0 / (m * length**2) * torque) * dt
    thdot = min(max(thdot, -8), 8)
    return [th + thdot * dt, thdot], -cost


random.seed(2)
golden = {"cartPole": [], "mountainCar": [], "pendulum": []}
for name, step, actions in [("cartPole", cart_pole, 2), ("mountainCar", mountain_car, 3)]:
    for _ in range(200):
        if name == "cartPole":
            state = [random.uniform(-2.5, 2.5), random.gauss(0, 2), random.uniform(-0.25, 0.25), random.gauss(0, 2)]
        else:
            state = [random.uniform(-1.2, 0.6), random.uniform(-0.07, 0.07)]
        action = random.randrange(actions)
        after, terminated = step(state, action)
        golden[name].append({"state": state, "action": action, "after": after, "terminated": terminated})
for _ in range(200):
    state = [random.uniform(-7, 7), random.uniform(-8, 8)]
    torque = random.uniform(-2, 2)
    after, reward = pendulum(state, torque)
    golden["pendulum"].append({"state": state, "torque": torque, "after": after, "reward": reward})
(Path(__file__).parent / "golden.json").write_text(json.dumps(golden) + "\n")
